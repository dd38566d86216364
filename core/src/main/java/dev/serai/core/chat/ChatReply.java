package dev.serai.core.chat;

import java.util.Optional;

/** What an attempt brought. */
public sealed interface ChatReply {
  /**
   * A whole answer in the caller's own dialect, to be handed on untouched.
   *
   * @param usage empty when the provider reported none
   */
  record Relayed(byte[] bytes, Optional<Usage> usage) implements ChatReply {}

  /** A whole answer from another dialect, understood. */
  record Complete(ChatResponse response) implements ChatReply {}

  /** An answer whose first token has arrived; the rest follows. */
  record Streaming(ChatStream stream) implements ChatReply {}
}
