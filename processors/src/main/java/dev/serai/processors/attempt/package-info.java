/** The steps of {@code direct:attempt} and of the kamelets: one try at one candidate. */
@NullMarked
package dev.serai.processors.attempt;

import org.jspecify.annotations.NullMarked;
