package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.claude.ClaudeSignatures;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.dialect.Destination;

/** Makes and recognises the opaque state of thinking blocks: a signature, or redacted data. */
final class ReasoningSignatures {
  /** The kind of state of readable thinking, and the member that holds it. */
  static final String SIGNATURE = ClaudeSignatures.SIGNATURE;

  /** The kind of state of redacted thinking, and the type of its block. */
  static final String REDACTED = ClaudeSignatures.REDACTED;

  /**
   * The signature written for reasoning that no provider signed. Clients require a signature, and
   * this one marks the reasoning as unsigned when it comes back.
   */
  static final String UNSIGNED = OpaqueStateCodec.encode(new OpaqueState("", "", "unsigned", ""));

  private ReasoningSignatures() {}

  /** The state that a provider sent. */
  static OpaqueState state(String provider, String kind, String data) {
    return new OpaqueState(AnthropicDialect.NAME, provider, kind, data);
  }

  /** Whether {@code destination} accepts this reasoning, since it or its dialect signed it. */
  static boolean belongs(ReasoningPart reasoning, Destination destination) {
    return reasoning.state().filter(state -> belongs(state, destination)).isPresent();
  }

  /** Whether {@code destination} accepts this state. */
  static boolean belongs(OpaqueState state, Destination destination) {
    return state.belongsTo(AnthropicDialect.NAME, destination.provider().name());
  }
}
