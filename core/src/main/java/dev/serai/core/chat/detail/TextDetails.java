package dev.serai.core.chat.detail;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a provider says of a choice's text beside the text. Both lists hold objects as JSON text, in
 * the form that they have in OpenAI's Responses.
 *
 * @param annotations sources of the text; their offsets count Unicode code points from the
 *     beginning of the choice's text
 * @param logprobs the tokens of the text with their log probabilities, in order
 */
public record TextDetails(List<String> annotations, List<String> logprobs) {
  /** No details. */
  public static final TextDetails NONE = new TextDetails(List.of(), List.of());

  public TextDetails {
    annotations = List.copyOf(annotations);
    logprobs = List.copyOf(logprobs);
  }

  /** These and other details. */
  public TextDetails plus(TextDetails other) {
    return new TextDetails(
        Stream.concat(annotations.stream(), other.annotations.stream()).toList(),
        Stream.concat(logprobs.stream(), other.logprobs.stream()).toList());
  }

  public boolean isEmpty() {
    return annotations.isEmpty() && logprobs.isEmpty();
  }
}
