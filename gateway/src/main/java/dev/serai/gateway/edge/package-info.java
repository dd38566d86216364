/**
 * The public HTTP edge: Camel's netty-http component with our own pipeline, dispatch and replies.
 *
 * <p>A connection is one {@link dev.serai.gateway.edge.EdgeConnection}: it reads a request whole,
 * finds its route, runs the exchange on the connection's own event loop and writes the {@code
 * Reply} that the route left as its body. Nothing from outside becomes an exchange header.
 */
@NullMarked
package dev.serai.gateway.edge;

import org.jspecify.annotations.NullMarked;
