/** Settings as records with their defaults, and their loader. */
package dev.serai.config;
