/**
 * The HTTP client for providers: the Camel component {@code upstream:}, its connections, deadlines
 * and circuit breaker. {@link dev.serai.adapters.upstream.UpstreamComponent} is the entry point.
 */
@NullMarked
package dev.serai.adapters.upstream;

import org.jspecify.annotations.NullMarked;
