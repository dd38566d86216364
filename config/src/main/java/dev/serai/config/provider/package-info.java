/** Settings of providers, models and aliases, and the list of providers made from them. */
package dev.serai.config.provider;
