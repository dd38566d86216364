package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.claude.ClaudeSignatures;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import java.util.Base64;

/**
 * Recognises and writes signed reasoning: text with its signature, or redacted data, both byte for
 * byte. Claude on Bedrock also accepts state of Anthropic's API that names no provider ("Extended
 * thinking: signatures are compatible across platforms", docs.anthropic.com). Anthropic's {@code
 * redacted_thinking} and Bedrock's {@code redactedContent} have the same base64 text.
 */
record ReasoningSignatures(Destination destination, boolean claude) {
  static final String DIALECT = "bedrock";
  static final String SIGNATURE = "signature";
  static final String REDACTED = "redactedContent";

  /** Whether the provider accepts reasoning with this state. */
  boolean areAccepted(OpaqueState state) {
    if (state.belongsTo(DIALECT, destination.provider().name())) {
      return state.kind().equals(SIGNATURE) || state.kind().equals(REDACTED);
    }
    return claude
        && ClaudeSignatures.isPortable(state)
        && (!ClaudeSignatures.isRedacted(state) || isBlob(state.data()));
  }

  /** Data that is not base64 would fail the whole request. */
  private static boolean isBlob(String data) {
    try {
      return Base64.getDecoder().decode(data).length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Writes a block of reasoning. */
  void write(JsonWriter out, String text, OpaqueState state) {
    out.beginObject().name("reasoningContent").beginObject();
    if (state.kind().equals(REDACTED) || ClaudeSignatures.isRedacted(state)) {
      out.member(REDACTED, state.data());
    } else {
      out.name("reasoningText").beginObject().member("text", text);
      out.member(SIGNATURE, state.data()).endObject();
    }
    out.endObject().endObject();
  }

  /** The state that the provider sent. */
  static OpaqueState state(Destination destination, String kind, String data) {
    return new OpaqueState(DIALECT, destination.provider().name(), kind, data);
  }
}
