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
   * may be missing: every choice has its finish reason, and no content behind it. {@link #end}
   * reports it then without a failure.
   */
  default boolean isWhole() {
    return false;
  }

  /** The body has ended; without the terminal event of the grammar that is a failure. */
  void end(Consumer<ChatEvent> events);
}
