/** Hashes of bytes and texts, with and without a key. Hashes of API keys are in {@code keys}. */
@NullMarked
package dev.serai.core.hash;

import org.jspecify.annotations.NullMarked;
