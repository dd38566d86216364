package dev.serai.adapters.anthropic;

import dev.serai.adapters.translation.StateCarrier;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.Reasoning;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.port.Dialect.Target;
import java.util.List;

/** What makes a thought one of Anthropic's: its signature, or that it is redacted. */
final class Thoughts {
  /** The kind of the state of a thought that may be read. */
  static final String SIGNATURE = "signature";

  /** The kind of the state of a thought that may not. */
  static final String REDACTED = "redacted_thinking";

  /**
   * The signature of a thought that nobody signed: clients want one, and by it the thought is known
   * for what it is when it comes back.
   */
  static final String UNSIGNED = StateCarrier.encode(new OpaqueState("", "", "unsigned", ""));

  private Thoughts() {}

  /** A state that a provider handed out. */
  static OpaqueState state(String provider, String kind, String data) {
    return new OpaqueState(Anthropic.NAME, provider, kind, data);
  }

  /** Whether a thought may go back to {@code target}: what it or its like has signed. */
  static boolean belong(Reasoning thought, Target target) {
    return thought
        .state()
        .filter(state -> state.belongsTo(Anthropic.NAME, target.provider().name()))
        .isPresent();
  }

  /**
   * Whether the turn of tools that goes on begins with a thought that may go back. A model with a
   * budget of thinking insists on it.
   */
  static boolean begin(List<Message> messages, Target target) {
    int last = messages.size() - 1;
    while (last >= 0 && messages.get(last).role() == Role.TOOL) {
      last--;
    }
    if (last < 0 || messages.get(last).parts().isEmpty()) {
      return false;
    }
    Part first = messages.get(last).parts().getFirst();
    return first instanceof Reasoning thought && belong(thought, target);
  }
}
