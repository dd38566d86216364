package dev.serai.core.prompt;

import java.util.List;

/**
 * A prompt with all its versions, as calls use it. Immutable.
 *
 * @param versions the oldest first
 */
public record PublishedPrompt(Prompt prompt, List<PromptVersion> versions) {
  public PublishedPrompt {
    versions = List.copyOf(versions);
  }
}
