/** Estimates of tokens that no provider counted. Counts of providers are read by their dialects. */
@NullMarked
package dev.serai.memory.tokens;

import org.jspecify.annotations.NullMarked;
