package dev.serai.adapters.netty.websocket;

import dev.serai.core.websocket.Close;

/**
 * What the sender of frames did against the protocol or its limits.
 *
 * @param closeFrame the close frame to send; nothing more is decoded
 */
public record Violation(Close closeFrame) {}
