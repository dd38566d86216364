/** Estimates of tokens that no provider counted. */
@NullMarked
package dev.serai.memory.tokens;

import org.jspecify.annotations.NullMarked;
