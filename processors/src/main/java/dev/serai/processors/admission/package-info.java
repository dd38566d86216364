/**
 * The step {@code admit-call} and the limits that it asks: whether a call may be made, before it is
 * planned. A budget, a rate limit or a guard of requests goes here; who the caller is has been
 * decided before, at the edge.
 */
@NullMarked
package dev.serai.processors.admission;

import org.jspecify.annotations.NullMarked;
