package dev.serai.adapters.dialects.openaiapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.problem.QuotaWait;
import dev.serai.core.http.Headers;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads how long to wait from the body of an error: Google's endpoint of OpenAI's dialect says it
 * in the details, as {@link QuotaWait} knows them, and in no header. OpenRouter has the body of the
 * provider behind it as a text in {@code metadata.raw}. Stateless.
 */
final class RetryInfo {
  private RetryInfo() {}

  /**
   * The delay of an error; empty if it has none.
   *
   * @param headers of the reply
   */
  static Optional<Duration> read(byte[] body, int from, int to, Headers headers) {
    JsonNode error = tree(body, from, to);
    return of(error, headers)
        .or(
            () -> {
              byte[] behind = error.findPath("raw").asText("").getBytes(UTF_8);
              return of(tree(behind, 0, behind.length), headers);
            });
  }

  private static Optional<Duration> of(JsonNode error, Headers headers) {
    QuotaWait wait = new QuotaWait();
    wait.delay(error.findPath("retryDelay").asText(""));
    wait.resetDelay(error.findPath("quotaResetDelay").asText(""));
    wait.resetTime(error.findPath("quotaResetTimeStamp").asText(""));
    return wait.until(headers);
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
