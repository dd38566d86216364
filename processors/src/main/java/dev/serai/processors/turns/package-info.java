/** The steps that let a call go on with a stored session. */
@NullMarked
package dev.serai.processors.turns;

import org.jspecify.annotations.NullMarked;
