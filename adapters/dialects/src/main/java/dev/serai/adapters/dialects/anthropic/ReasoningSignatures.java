package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.dialect.Destination;

/** What makes a thought one of Anthropic's: its signature, or that it is redacted. */
final class ReasoningSignatures {
  /** The kind of the state of a thought that may be read. */
  static final String SIGNATURE = "signature";

  /** The kind of the state of a thought that may not. */
  static final String REDACTED = "redacted_thinking";

  /**
   * The signature of a thought that nobody signed: clients want one, and by it the thought is known
   * for what it is when it comes back.
   */
  static final String UNSIGNED = OpaqueStateCodec.encode(new OpaqueState("", "", "unsigned", ""));

  private ReasoningSignatures() {}

  /** A state that a provider handed out. */
  static OpaqueState state(String provider, String kind, String data) {
    return new OpaqueState(AnthropicDialect.NAME, provider, kind, data);
  }

  /** Whether a thought may go back to {@code target}: what it or its like has signed. */
  static boolean belong(ReasoningPart thought, Destination destination) {
    return thought.state().filter(state -> belongs(state, destination)).isPresent();
  }

  /** The same of its state. */
  static boolean belongs(OpaqueState state, Destination destination) {
    return state.belongsTo(AnthropicDialect.NAME, destination.provider().name());
  }
}
