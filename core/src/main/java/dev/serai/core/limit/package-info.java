/**
 * Limits of the gateway: what a call takes from them, and how it is given back. A new limit, such
 * as a budget or a rate, implements {@code Limit}; the step {@code admit-call} asks all limits.
 * Limits of connections to providers are in {@code net}.
 */
@NullMarked
package dev.serai.core.limit;

import org.jspecify.annotations.NullMarked;
