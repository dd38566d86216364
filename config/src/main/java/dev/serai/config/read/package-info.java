/**
 * Reads YAML, TOML and environment variables into settings records, and reports mistakes. It knows
 * no setting by name.
 */
package dev.serai.config.read;
