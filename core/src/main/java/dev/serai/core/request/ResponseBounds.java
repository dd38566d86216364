package dev.serai.core.request;

import dev.serai.core.chat.Conversation.Sampling;
import java.util.OptionalLong;

/**
 * What a request says about the size and the price of its response.
 *
 * @param maxTokens of each choice; empty if the request does not say
 * @param choices how many responses are wanted, at least 1
 * @param tier the service tier that the request names; empty if it names none
 */
public record ResponseBounds(OptionalLong maxTokens, long choices, String tier) {
  /** A request without bounds. */
  public static final ResponseBounds UNSET = new ResponseBounds(OptionalLong.empty(), 1, "");

  /** The bounds of a parsed request. */
  public static ResponseBounds of(Sampling sampling) {
    OptionalLong most =
        sampling.maxTokens().orElse(0) > 0
            ? OptionalLong.of(sampling.maxTokens().getAsInt())
            : OptionalLong.empty();
    return new ResponseBounds(most, Math.max(1, sampling.choices().orElse(1)), "");
  }
}
