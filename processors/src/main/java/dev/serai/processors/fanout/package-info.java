/**
 * Fan-out: a call is asked of several candidates of its plan at once, and one response is made of
 * theirs. The steps are those of the route {@code fan-out}, which an operator may copy; each
 * candidate is asked in the route {@code branch}.
 */
@NullMarked
package dev.serai.processors.fanout;

import org.jspecify.annotations.NullMarked;
