package dev.serai.adapters.dialects.bedrock;

import dev.serai.core.chat.OpaqueState;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import java.util.Base64;

/**
 * What a model thought, as it goes back: with its signature, byte for byte, or hidden. What came
 * from Anthropic's API without the name of a provider is taken by Claude on Bedrock too ("Extended
 * thinking: signatures are compatible across platforms", docs.anthropic.com). Its {@code
 * redacted_thinking} is base64, and so is a blob of Bedrock's in JSON: they are the same text.
 */
record ReasoningSignatures(Destination destination, boolean claude) {
  static final String DIALECT = "bedrock";
  static final String SIGNATURE = "signature";
  static final String REDACTED = "redactedContent";

  /** Anthropic's word for it. */
  private static final String THEIRS_REDACTED = "redacted_thinking";

  /** Whether they may go to this provider. */
  boolean areOurs(OpaqueState state) {
    if (state.belongsTo(DIALECT, destination.provider().name())) {
      return state.kind().equals(SIGNATURE) || state.kind().equals(REDACTED);
    }
    return claude
        && state.dialect().equals("anthropic")
        && state.provider().isEmpty()
        && (state.kind().equals(SIGNATURE)
            || state.kind().equals(THEIRS_REDACTED) && isBlob(state.data()));
  }

  /** Anything else would be refused with all that is said. */
  private static boolean isBlob(String data) {
    try {
      return Base64.getDecoder().decode(data).length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Writes the block. */
  void write(JsonWriter out, String text, OpaqueState state) {
    out.beginObject().name("reasoningContent").beginObject();
    if (state.kind().equals(REDACTED) || state.kind().equals(THEIRS_REDACTED)) {
      out.member(REDACTED, state.data());
    } else {
      out.name("reasoningText").beginObject().member("text", text);
      out.member(SIGNATURE, state.data()).endObject();
    }
    out.endObject().endObject();
  }

  /** State as this provider hands it out. */
  static OpaqueState state(Destination destination, String kind, String data) {
    return new OpaqueState(DIALECT, destination.provider().name(), kind, data);
  }
}
