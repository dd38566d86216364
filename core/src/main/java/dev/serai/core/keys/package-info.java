/**
 * API keys that are stored and managed over HTTP. The store itself is in {@code memory/keys}. Keys
 * of the settings are not here: they are in {@link dev.serai.core.caller}.
 */
@NullMarked
package dev.serai.core.keys;

import org.jspecify.annotations.NullMarked;
