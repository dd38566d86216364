/**
 * Replaces Camel's {@code direct:} and {@code kamelet:} components: a route calls the next one on
 * the same thread, without a lock and without a copy of the exchange, also while routes are added
 * and removed.
 */
@NullMarked
package dev.serai.gateway.direct;

import org.jspecify.annotations.NullMarked;
