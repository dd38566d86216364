/** Clocks that are passed as arguments, so that tests set the time. */
@NullMarked
package dev.serai.core.time;

import org.jspecify.annotations.NullMarked;
