/** Reads YAML, TOML and environment variables into settings records, and reports mistakes. */
package dev.serai.config.read;
