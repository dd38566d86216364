/**
 * Whether a call may be made. Before it is planned, {@code admit-call} asks the limits, such as
 * rates; after it is planned, {@code hold-budgets} asks the budgets. Who the caller is has been
 * decided before, at the edge.
 */
@NullMarked
package dev.serai.processors.admission;

import org.jspecify.annotations.NullMarked;
