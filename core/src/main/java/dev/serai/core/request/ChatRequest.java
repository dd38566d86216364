package dev.serai.core.request;

import dev.serai.core.chat.Conversation;
import java.util.List;

/** A chat request as a surface read it. Immutable. */
public non-sealed interface ChatRequest extends ModelRequest {
  @Override
  default Operation operation() {
    return Operation.CHAT;
  }

  /**
   * The models that the provider may use instead of {@link #model}, as the provider names them: for
   * example OpenRouter's {@code models}.
   */
  default List<String> otherModels() {
    return List.of();
  }

  /** Whether the caller wants the usage at the end of a stream. */
  boolean wantsUsage();

  /** What the request says about the size and the price of its response. */
  default ResponseBounds bounds() {
    return ResponseBounds.of(conversation().sampling());
  }

  /** The content of the request; parsed on first use and cached. */
  Conversation conversation();
}
