/**
 * Hedging: when the first attempt of a call is late, the next candidate is asked beside it, and the
 * first of both that responds serves the call. The second attempt runs in the route {@code hedge}.
 */
@NullMarked
package dev.serai.processors.hedge;

import org.jspecify.annotations.NullMarked;
