/**
 * Serves WebSocket connections on the port of the HTTP server: the component {@code
 * websocket-netty:}, the opening handshake, and the relay of frames with back-pressure both ways.
 */
@NullMarked
package dev.serai.gateway.edge.websocket;

import org.jspecify.annotations.NullMarked;
