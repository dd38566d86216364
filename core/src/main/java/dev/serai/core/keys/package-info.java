/**
 * API keys: their hashes, those of the settings, and those that are stored and managed over HTTP.
 * The store itself is in {@code memory/keys}; what a key may do is in {@link
 * dev.serai.core.caller}.
 */
@NullMarked
package dev.serai.core.keys;

import org.jspecify.annotations.NullMarked;
