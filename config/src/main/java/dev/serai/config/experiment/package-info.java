/** Settings of experiments. */
@NullMarked
package dev.serai.config.experiment;

import org.jspecify.annotations.NullMarked;
