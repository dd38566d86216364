/** Experiments: calls of one model name are divided among variants, to compare them. */
@NullMarked
package dev.serai.core.experiment;

import org.jspecify.annotations.NullMarked;
