/**
 * Describes exceptions of other libraries: what caused a failure, in words that a problem or a log
 * line may have.
 */
@NullMarked
package dev.serai.core.problem.cause;

import org.jspecify.annotations.NullMarked;
