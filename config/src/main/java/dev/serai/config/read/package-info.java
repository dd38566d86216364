/** From files and variables to records: places, problems, YAML, TOML, binding. */
package dev.serai.config.read;
