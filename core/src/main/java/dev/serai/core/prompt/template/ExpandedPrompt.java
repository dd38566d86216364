package dev.serai.core.prompt.template;

import java.util.List;

/**
 * What a call gets of a stored prompt. Immutable.
 *
 * @param name of the prompt
 * @param version its number
 * @param messages with the values of the call, to go before those of its request
 * @param terms for what the request does not say
 */
public record ExpandedPrompt(
    String name, int version, List<PromptTemplate.Message> messages, PromptTemplate.Terms terms) {
  public ExpandedPrompt {
    messages = List.copyOf(messages);
  }

  /** Its name and version, as the reply and the ledger name them. */
  public String label() {
    return name + "@" + version;
  }
}
