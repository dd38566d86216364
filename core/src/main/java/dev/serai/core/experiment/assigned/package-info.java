/** The part of a call in an experiment. */
@NullMarked
package dev.serai.core.experiment.assigned;

import org.jspecify.annotations.NullMarked;
