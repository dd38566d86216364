/**
 * Reads YAML, TOML and environment variables into settings records, and reports mistakes. It knows
 * no setting by name.
 */
@NullMarked
package dev.serai.config.read;

import org.jspecify.annotations.NullMarked;
