package dev.serai.core.chat;

import dev.serai.core.request.ModelRequest;
import dev.serai.core.request.Operation;

/** A chat request as a surface read it. Immutable. */
public interface ChatRequest extends ModelRequest {
  @Override
  default Operation operation() {
    return Operation.CHAT;
  }

  /** Whether the caller asked to be told the usage at the end of a stream. */
  boolean wantsUsage();

  /** The request understood; parsed at the first call and kept. */
  Conversation conversation();
}
