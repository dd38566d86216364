package dev.serai.core.features;

import dev.serai.core.chat.Conversation;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Modality;
import java.util.Set;

/**
 * What a request shows of itself without being parsed: the ends of the texts that say what is
 * wanted, sizes, and what the model must be able to do. Immutable.
 *
 * @param system the beginning of the system prompt
 * @param opening the beginning of the user's first message
 * @param question the beginning and the end of the user's last message that has text
 * @param prefix keys of the beginning of the prompt
 * @param promptTokens about how many tokens the prompt has, with its tools
 * @param turns messages of the user other than results of tools
 * @param needs what the request asks of a model
 * @param inputs the kinds of content in the prompt
 */
public record PromptOutline(
    String system,
    String opening,
    String question,
    PrefixKeys prefix,
    long promptTokens,
    int turns,
    Set<Capability> needs,
    Set<Modality> inputs) {

  /** The outline of a parsed request. */
  public static PromptOutline of(Conversation conversation, boolean streaming) {
    return ConversationOutline.of(conversation, streaming);
  }
}
