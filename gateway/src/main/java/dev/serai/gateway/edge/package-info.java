/**
 * The public HTTP server: Camel's netty-http component with our own pipeline, dispatch and replies.
 *
 * <p>Each connection is an {@link dev.serai.gateway.edge.EdgeConnection}. It reads a whole request,
 * finds the route, runs the exchange on the connection's event loop and writes the {@code Reply}
 * that the route leaves as its body. Nothing that a client sends becomes an exchange header. Each
 * stream of an HTTP/2 connection is an {@code EdgeConnection} too; a {@link
 * dev.serai.gateway.edge.Transport} hides which of the two it is.
 *
 * <p>The packages below are the parts of that path: {@code request} (heads), {@code caller} (who
 * calls), {@code body}, {@code reply}, {@code http2}, {@code tls} and {@code websocket}.
 */
@NullMarked
package dev.serai.gateway.edge;

import org.jspecify.annotations.NullMarked;
