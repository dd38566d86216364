package dev.serai.adapters.dialects.claude;

import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.OpaqueState;
import java.util.List;
import java.util.function.Predicate;

/** Inspects the unfinished turn at the end of a conversation. */
public final class LastTurn {
  private LastTurn() {}

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
