/**
 * How providers are reached: deadlines, connections, the circuit breaker, proxies and model lists.
 */
@NullMarked
package dev.serai.config.upstream;

import org.jspecify.annotations.NullMarked;
