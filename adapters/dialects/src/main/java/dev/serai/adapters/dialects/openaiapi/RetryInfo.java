package dev.serai.adapters.dialects.openaiapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.problem.RetryAfter;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads how long to wait from the body of an error: Google's endpoint of OpenAI's dialect says it
 * in a {@code google.rpc.RetryInfo} of the details and in no header. OpenRouter has the body of the
 * provider behind it as a text in {@code metadata.raw}. Stateless.
 */
final class RetryInfo {
  private static final String DELAY = "retryDelay";

  private RetryInfo() {}

  /** The delay of an error; empty if it has none. */
  static Optional<Duration> read(byte[] body, int from, int to) {
    JsonNode error = tree(body, from, to);
    JsonNode delay = error.findPath(DELAY);
    JsonNode raw = error.findPath("raw");
    if (delay.isMissingNode() && raw.isTextual()) {
      byte[] behind = raw.textValue().getBytes(UTF_8);
      delay = tree(behind, 0, behind.length).findPath(DELAY);
    }
    return RetryAfter.duration(delay.asText(""));
  }

  private static JsonNode tree(byte[] body, int from, int to) {
    if (to - from > ErrorReader.MAX_BODY) {
      return MissingNode.getInstance();
    }
    try {
      return StrictJson.tree(body, from, to);
    } catch (MalformedInput e) {
      return MissingNode.getInstance();
    }
  }
}
