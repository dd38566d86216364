/** Candidates of a call and the plan that orders them. */
@NullMarked
package dev.serai.core.routing;

import org.jspecify.annotations.NullMarked;
