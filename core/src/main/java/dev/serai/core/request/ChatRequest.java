package dev.serai.core.request;

import dev.serai.core.chat.Conversation;

/** A chat request as a surface read it. Immutable. */
public non-sealed interface ChatRequest extends ModelRequest {
  @Override
  default Operation operation() {
    return Operation.CHAT;
  }

  /** Whether the caller wants the usage at the end of a stream. */
  boolean wantsUsage();

  /** The content of the request; parsed on first use and cached. */
  Conversation conversation();
}
