/** WebSocket connections as values and ports, without a transport. */
@NullMarked
package dev.serai.core.websocket;

import org.jspecify.annotations.NullMarked;
