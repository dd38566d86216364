package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the log probabilities of a candidate's tokens: {@code logprobsResult}. */
final class LogprobsReader {
  private LogprobsReader() {}

  /** The details of a candidate's text. */
  static TextDetails read(JsonNode candidate) {
    JsonNode result = candidate.path("logprobsResult");
    JsonNode chosen = result.path("chosenCandidates");
    List<String> tokens = new ArrayList<>(chosen.size());
    for (int i = 0; i < chosen.size(); i++) {
      JsonWriter out = new JsonWriter(128).beginObject();
      members(out, chosen.get(i));
      out.name("top_logprobs").beginArray();
      for (JsonNode other : result.path("topCandidates").path(i).path("candidates")) {
        members(out.beginObject(), other);
        out.endObject();
      }
      tokens.add(new String(out.endArray().endObject().bytes(), StandardCharsets.UTF_8));
    }
    return tokens.isEmpty() ? TextDetails.NONE : new TextDetails(List.of(), tokens);
  }

  private static void members(JsonWriter out, JsonNode token) {
    String text = token.path("token").asText("");
    JsonNode logprob = token.path("logProbability");
    out.member("token", text);
    out.name("logprob").json(logprob.isNumber() ? logprob.toString() : "0");
    out.name("bytes").beginArray();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      out.value(Byte.toUnsignedInt(each));
    }
    out.endArray();
  }
}
