package dev.serai.config.routing;

import dev.serai.config.annotation.Range;
import java.util.Optional;

/**
 * The API {@code POST /v1/ask}, whose requests name a quality rather than a model.
 *
 * @param model the model name, usually an alias, whose candidates a request without {@code model}
 *     is chosen from; if left out, the default model
 * @param maxPromptChars the longest prompt in characters; a longer one is refused with 413
 */
public record AskSettings(
    Optional<String> model, @Range(min = 1, max = 100_000) int maxPromptChars) {
  private static final int MAX_CHARS = 100_000;

  /** The default model, and 100,000 characters. */
  public static AskSettings defaults() {
    return new AskSettings(Optional.empty(), MAX_CHARS);
  }
}
