/** Checks of guards that need more than patterns: JSON Schemas, and routes of the operator. */
@NullMarked
package dev.serai.gateway.guard;

import org.jspecify.annotations.NullMarked;
