/** Counting tokens where no provider does. */
@NullMarked
package dev.serai.memory.tokens;

import org.jspecify.annotations.NullMarked;
