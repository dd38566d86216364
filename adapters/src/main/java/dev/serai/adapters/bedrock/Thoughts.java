package dev.serai.adapters.bedrock;

import dev.serai.adapters.json.JsonOut;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.port.Dialect.Target;

/**
 * What a model thought, as it goes back: with its signature, byte for byte, or hidden. A signature
 * of Anthropic's API that came without the name of a provider is taken by Claude on Bedrock too
 * ("Extended thinking: signatures are compatible across platforms", docs.anthropic.com).
 */
record Thoughts(Target target, boolean claude) {
  static final String DIALECT = "bedrock";
  static final String SIGNATURE = "signature";
  static final String REDACTED = "redactedContent";

  /** Whether they may go to this provider. */
  boolean areOurs(OpaqueState state) {
    if (state.belongsTo(DIALECT, target.provider().name())) {
      return state.kind().equals(SIGNATURE) || state.kind().equals(REDACTED);
    }
    return claude
        && state.dialect().equals("anthropic")
        && state.provider().isEmpty()
        && state.kind().equals(SIGNATURE);
  }

  /** Writes the block. */
  void write(JsonOut out, String text, OpaqueState state) {
    out.beginObject().name("reasoningContent").beginObject();
    if (state.kind().equals(REDACTED)) {
      out.member(REDACTED, state.data());
    } else {
      out.name("reasoningText").beginObject().member("text", text);
      out.member(SIGNATURE, state.data()).endObject();
    }
    out.endObject().endObject();
  }

  /** State as this provider hands it out. */
  static OpaqueState state(Target target, String kind, String data) {
    return new OpaqueState(DIALECT, target.provider().name(), kind, data);
  }
}
