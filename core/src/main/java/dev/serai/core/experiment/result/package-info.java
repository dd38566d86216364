/** What an experiment has shown so far, and whether that is enough. */
@NullMarked
package dev.serai.core.experiment.result;

import org.jspecify.annotations.NullMarked;
