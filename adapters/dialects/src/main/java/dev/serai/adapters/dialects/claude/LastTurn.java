package dev.serai.adapters.dialects.claude;

import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.OpaqueState;
import java.util.List;
import java.util.function.Predicate;

/** The turn of tools that a conversation may be in the middle of. */
public final class LastTurn {
  private LastTurn() {}

  /**
   * Whether it begins with a thought that may go back to the model. One with a budget of thinking
   * insists on it ("Extended thinking: preserving thinking blocks", docs.anthropic.com).
   *
   * @param ours whether the provider takes a thought with this state
   */
  public static boolean beginsWithThought(List<Message> messages, Predicate<OpaqueState> ours) {
    int last = messages.size() - 1;
    while (last >= 0 && messages.get(last).role() == Role.TOOL) {
      last--;
    }
    if (last < 0 || messages.get(last).parts().isEmpty()) {
      return false;
    }
    Part first = messages.get(last).parts().getFirst();
    return first instanceof ReasoningPart thought && thought.state().filter(ours).isPresent();
  }
}
