package dev.serai.core.request;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.features.PromptOutline;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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

  /** The details of its text that the response can have; a dialect drops others. */
  default DetailSupport detailSupport() {
    return DetailSupport.NONE;
  }

  /** Whether the response can have citations of each block of its text. */
  default boolean takesCitations() {
    return false;
  }

  /** Whether the response can have several choices; otherwise all but the first are dropped. */
  default boolean takesSeveralChoices() {
    return false;
  }

  /**
   * A digest of what determines the response, besides the model: requests with the same one, in the
   * same dialect, ask for the same. Empty if a stored response cannot serve the request, or it is
   * too large to find out.
   */
  default Optional<String> digest() {
    return Optional.empty();
  }

  /**
   * As {@link #digest()}, of the request without a text: the last string of its messages that is
   * this text does not count. Empty also if there is none.
   */
  default Optional<String> digestWithout(String text) {
    return Optional.empty();
  }

  /** Whether the caller wants the usage at the end of a stream. */
  boolean wantsUsage();

  /** The most tokens that the response may have, if the request says so and it is quickly found. */
  default OptionalLong outputLimit() {
    return OptionalLong.empty();
  }

  /** What the request says about the size and the price of its response. */
  default ResponseBounds bounds() {
    return ResponseBounds.of(conversation().sampling());
  }

  /**
   * What the request shows of itself without being parsed, read anew each time: of its own bytes
   * only, without a stored response that it continues.
   */
  default PromptOutline outline() {
    return PromptOutline.of(conversation(), streaming());
  }

  /** The content of the request; parsed on first use and cached. */
  Conversation conversation();
}
