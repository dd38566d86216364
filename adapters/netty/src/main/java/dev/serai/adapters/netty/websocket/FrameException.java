package dev.serai.adapters.netty.websocket;

import dev.serai.core.websocket.Close;

/** Ends the decoding of frames; it does not leave the decoder, and has no stack trace. */
final class FrameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Close closeFrame;

  FrameException(int code, String reason) {
    super(reason, null, false, false);
    closeFrame = new Close(code, reason);
  }

  Close closeFrame() {
    return closeFrame;
  }
}
