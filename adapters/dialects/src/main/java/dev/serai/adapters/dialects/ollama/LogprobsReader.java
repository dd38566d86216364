package dev.serai.adapters.dialects.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.chat.detail.TextDetails;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the log probabilities of a chunk's tokens: {@code logprobs} (docs.ollama.com/api/chat).
 * They have the members that OpenAI's have, but empty ones are left out.
 */
final class LogprobsReader {
  private static final String BYTES = "bytes";
  private static final String TOP_LOGPROBS = "top_logprobs";

  private LogprobsReader() {}

  /** The list between these places; none if it is empty. */
  static TextDetails read(byte[] json, int from, int to) {
    if (to <= from) {
      return TextDetails.NONE;
    }
    List<String> tokens = new ArrayList<>();
    for (JsonNode token : StrictJson.tree(json, from, to)) {
      if (token instanceof ObjectNode whole) {
        complete(whole);
        whole.withArray(TOP_LOGPROBS).forEach(LogprobsReader::complete);
        tokens.add(whole.toString());
      }
    }
    return new TextDetails(List.of(), tokens);
  }

  private static void complete(JsonNode token) {
    if (token instanceof ObjectNode whole && !whole.path(BYTES).isArray()) {
      whole.putNull(BYTES);
    }
  }
}
