/**
 * WebSocket connections as values and ports, without a transport. The server is {@code
 * gateway/edge/websocket}, the client for providers is in {@code adapters/upstream}, and the wire
 * format of both in {@code adapters/netty/websocket}.
 */
@NullMarked
package dev.serai.core.websocket;

import org.jspecify.annotations.NullMarked;
