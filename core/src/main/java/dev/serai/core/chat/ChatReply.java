package dev.serai.core.chat;

import java.util.Optional;

/** The reply of an attempt. Immutable but for its stream, which one thread reads. */
public sealed interface ChatReply {
  /**
   * A non-streaming response in the caller's dialect, forwarded unchanged.
   *
   * @param usage empty when the provider reported none
   */
  record Relayed(byte[] bytes, Optional<Usage> usage) implements ChatReply {}

  /** A non-streaming response from another dialect, read into core types. */
  record Complete(ChatResponse response) implements ChatReply {}

  /** A response whose first token has arrived; the rest follows. */
  record Streaming(ChatStream stream) implements ChatReply {}
}
