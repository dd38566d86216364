/** Statistics that policies and experiments share. */
@NullMarked
package dev.serai.core.statistics;

import org.jspecify.annotations.NullMarked;
