/** Providers, models and aliases: what a file says of them, and what comes of it. */
package dev.serai.config.provider;
