/** Time as an argument. */
@NullMarked
package dev.serai.core.time;

import org.jspecify.annotations.NullMarked;
