package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openaiapi.ErrorReader;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.ProviderProblem;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads the events with which a stream says that it failed: {@code response.failed} and {@code
 * error}. Azure sends both, and the reason in the second one only: a failed response without a
 * reason waits for the next event, or for the end of the stream. For one stream; not thread-safe.
 */
final class FailedStream {
  private final Destination destination;
  private Optional<ProviderProblem> held = Optional.empty();

  FailedStream(Destination destination) {
    this.destination = destination;
  }

  /** Takes an event that reports a failure; throws it if it has a reason, or is the second one. */
  void take(byte[] data, int from, int to) {
    JsonNode event = StrictJson.tree(data, from, to);
    JsonNode response = event.path("response");
    ProviderProblem problem = problem(event);
    if (held.isPresent() || !response.isObject() || response.path("error").isObject()) {
      throw problem;
    }
    held = Optional.of(problem);
  }

  /** The stream has ended: throws the failure that waits for its reason. */
  void end() {
    if (held.isPresent()) {
      throw held.get();
    }
  }

  /** The shapes of these events are other ones than those of error bodies. */
  private ProviderProblem problem(JsonNode event) {
    JsonNode reported = event.path("response").path("error");
    reported = reported.isObject() ? reported : event.path("error");
    boolean plain = !reported.isObject();
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    ObjectNode inside = error.putObject("error");
    (plain ? event : reported)
        .properties()
        .forEach(each -> inside.set(each.getKey(), each.getValue()));
    if (plain) {
      // The type "error" does not name the problem.
      inside.remove("type");
    }
    byte[] text = error.toString().getBytes(StandardCharsets.UTF_8);
    return ErrorReader.inside(destination, text, 0, text.length);
  }
}
