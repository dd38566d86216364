/** The wire format of WebSocket connections (RFC 6455), for both sides of the gateway. */
@NullMarked
package dev.serai.adapters.netty.websocket;

import org.jspecify.annotations.NullMarked;
