/** Failures as clients see them. */
@NullMarked
package dev.serai.core.problem;

import org.jspecify.annotations.NullMarked;
