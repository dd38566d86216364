package dev.serai.core.cache.meaning;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import java.util.Optional;

/**
 * Which calls may get the response to another question that means the same. Immutable.
 *
 * @param maxTemperature of a call that has not asked for it itself: above it the caller wants
 *     responses that differ
 */
public record MeaningPolicy(double maxTemperature) {
  /**
   * The last message of a conversation, which may be compared by its meaning; all else must be the
   * same. Empty if nothing of it may: it has tools, or content that is not text, or its end is not
   * one text of the user.
   *
   * @param asked whether the call has asked for it itself
   */
  public Optional<String> compared(Conversation conversation, boolean asked) {
    if (conversation.messages().isEmpty() || !conversation.tools().isEmpty()) {
      return Optional.empty();
    }
    double temperature = conversation.sampling().temperature().orElse(0);
    if (!asked && temperature > maxTemperature) {
      return Optional.empty();
    }
    Message last = conversation.messages().getLast();
    boolean texts = conversation.messages().stream().allMatch(MeaningPolicy::isText);
    return texts
            && last.role() == Role.USER
            && last.parts().size() == 1
            && last.parts().getFirst() instanceof TextPart text
        ? Optional.of(text.text())
        : Optional.empty();
  }

  private static boolean isText(Message message) {
    return message.toolResult().isEmpty()
        && message.parts().stream().allMatch(TextPart.class::isInstance);
  }
}
