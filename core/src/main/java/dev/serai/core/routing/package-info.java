/**
 * Candidates of a call and the plan that orders them. Camel's routes are in the folder {@code
 * routes}.
 */
@NullMarked
package dev.serai.core.routing;

import org.jspecify.annotations.NullMarked;
