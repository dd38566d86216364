/** Answers that callers want kept: in memory, and in the database behind it. */
@NullMarked
package dev.serai.memory.responses;

import org.jspecify.annotations.NullMarked;
