/**
 * Clocks that are passed as arguments, so that tests set the time. Only the wiring of the gateway
 * takes the clocks of the system.
 */
@NullMarked
package dev.serai.core.time;

import org.jspecify.annotations.NullMarked;
