package dev.serai.core.dialect;

import dev.serai.core.chat.Usage;
import dev.serai.core.websocket.Frame;
import java.util.Optional;

/**
 * Counts the tokens of a realtime session from the frames that its provider sends. Stateful: for
 * one realtime session, used by one thread at a time.
 */
public interface RealtimeMeter {
  /** Counts nothing. */
  RealtimeMeter NONE =
      new RealtimeMeter() {
        @Override
        public void read(Frame frame) {}

        @Override
        public Optional<Usage> usage() {
          return Optional.empty();
        }
      };

  /** Takes a frame, which is not changed. */
  void read(Frame frame);

  /** The sum of all responses so far; empty if none reported its tokens. */
  Optional<Usage> usage();
}
