package dev.serai.core.request;

import dev.serai.core.chat.Conversation;

/** A chat request as a surface read it. Immutable. */
public non-sealed interface ChatRequest extends ModelRequest {
  @Override
  default Operation operation() {
    return Operation.CHAT;
  }

  /** Whether the caller asked to be told the usage at the end of a stream. */
  boolean wantsUsage();

  /** The request understood; parsed at the first call and kept. */
  Conversation conversation();
}
