/** Hashes of bytes and texts. Hashes of API keys, which need a secret, are in {@code keys}. */
@NullMarked
package dev.serai.core.hash;

import org.jspecify.annotations.NullMarked;
