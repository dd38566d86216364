package dev.serai.adapters.dialects.claude;

import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.dialect.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The turn at the end of a conversation: what it begins with, and whose it is. Stateless. */
public final class LastTurn {
  /** What the user says if the assistant spoke last. */
  static final String GO_ON = "Continue.";

  /** The member that is reported then. */
  private static final String REPORTED = "messages.assistant";

  private LastTurn() {}

  /**
   * Ends a conversation with a message of the user. Models since Claude 4.6 do not continue a
   * message of the assistant, and refuse a conversation that ends with one ("Prefill removal",
   * platform.claude.com/docs).
   *
   * @param dropped receives the name of the member if a message is added
   */
  public static Conversation answered(
      Conversation conversation, Destination destination, DroppedFields dropped) {
    List<Message> messages = conversation.messages();
    boolean open =
        !messages.isEmpty()
            && messages.getLast().role() == Role.ASSISTANT
            && messages.getLast().toolCalls().isEmpty()
            && ClaudeTraits.isAtLeast(destination.model(), 406);
    if (!open) {
      return conversation;
    }
    dropped.add(REPORTED);
    List<Message> ended = new ArrayList<>(messages);
    ended.add(Message.of(Role.USER, List.of(new TextPart(GO_ON))));
    return new Conversation(
        ended,
        conversation.tools(),
        conversation.toolChoice(),
        conversation.responseFormat(),
        conversation.sampling(),
        conversation.unknown());
  }

  /**
   * Whether the turn starts with reasoning that the provider accepts back. A model with a thinking
   * budget requires it ("Extended thinking: preserving thinking blocks", docs.anthropic.com).
   *
   * @param accepted whether the provider accepts reasoning with this state
   */
  public static boolean startsWithReasoning(
      List<Message> messages, Predicate<OpaqueState> accepted) {
    int last = messages.size() - 1;
    while (last >= 0 && messages.get(last).role() == Role.TOOL) {
      last--;
    }
    if (last < 0 || messages.get(last).parts().isEmpty()) {
      return false;
    }
    Part first = messages.get(last).parts().getFirst();
    return first instanceof ReasoningPart reasoning
        && reasoning.state().filter(accepted).isPresent();
  }
}
