package dev.serai.core.dialect;

import dev.serai.core.chat.ChatEvent;
import java.util.function.Consumer;

/**
 * Reads one provider stream as chat events, decoded or forwarded unchanged. Stateful: one per
 * stream, used by one thread at a time. Pieces may be cut anywhere, also inside a UTF-8 character.
 * After {@link ChatEvent.Ended} or {@link ChatEvent.Failed} it emits nothing more.
 */
public interface ChatStreamDecoder {
  /** Takes some bytes and emits every event that they complete. */
  void read(byte[] piece, Consumer<ChatEvent> events);

  /**
   * Whether what was read is a whole response, so that only the end of the grammar and the usage
   * may be missing: every choice has its finish reason, and no content behind it; both those that
   * the request asks for, and any other that there was. {@link #end} reports it then without a
   * failure.
   */
  default boolean isWhole() {
    return false;
  }

  /**
   * Whether it is whole, and the provider has shown that no content follows: a finish reason that
   * arrives together with content does not show that, since some servers send one with every piece.
   */
  default boolean awaitsEnd() {
    return isWhole();
  }

  /** The body has ended; without the terminal event of the grammar that is a failure. */
  void end(Consumer<ChatEvent> events);
}
