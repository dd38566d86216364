package dev.serai.gateway.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.features.TaskCluster;
import dev.serai.core.offpolicy.PastCall;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.PolicyFeatures;
import dev.serai.core.routing.PolicyFeatures.Trait;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Reads calls of the past from a file: one row of {@code GET /v1/usage} a line, as JSON. A first
 * row may also have a {@code score}. Pure except for the file.
 */
final class FileCalls {
  private FileCalls() {}

  /**
   * The calls of a file, as far as the arguments ask for them.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if a line is not a row; the message has its number
   */
  static List<PastCall> read(Path file, ReplayArguments line) throws IOException {
    Map<String, Double> scores = new HashMap<>();
    PastCalls calls = new PastCalls(scores);
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      int left = line.limit();
      for (String text = reader.readLine(); text != null && left > 0; text = reader.readLine()) {
        number++;
        if (text.isBlank()) {
          continue;
        }
        JsonNode row = tree(text, file + ":" + number);
        left--;
        PastCalls.Row read = row(row, file + ":" + number);
        if (isWanted(read, line)) {
          calls.add(read);
          score(row, file + ":" + number).ifPresent(score -> scores.put(read.requestId(), score));
        }
      }
    }
    return calls.calls();
  }

  private static OptionalDouble score(JsonNode row, String place) {
    JsonNode score = row.path("score");
    if (score.isMissingNode() || score.isNull()) {
      return OptionalDouble.empty();
    }
    if (!score.isNumber() || score.doubleValue() < 0 || score.doubleValue() > 1) {
      throw new IllegalArgumentException(place + ": score must be a number from 0 to 1");
    }
    return OptionalDouble.of(score.doubleValue());
  }

  private static JsonNode tree(String text, String place) {
    try {
      return StrictJson.tree(text.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedInput e) {
      throw new IllegalArgumentException(place + ": not valid JSON: " + e.getMessage());
    }
  }

  private static boolean isWanted(PastCalls.Row row, ReplayArguments line) {
    long time = row.asked().timeMillis();
    return line.option("model").map(row.asked().model()::equals).orElse(true)
        && line.option("tenant").map(row.asked().tenant()::equals).orElse(true)
        && time >= line.fromMillis()
        && time < line.untilMillis();
  }

  private static PastCalls.Row row(JsonNode row, String place) {
    for (String member : List.of("request_id", "attempt", "provider", "model", "asked_model")) {
      if (!row.hasNonNull(member)) {
        throw new IllegalArgumentException(
            place + ": '" + member + "' is missing; a line is a row of GET /v1/usage as JSON");
      }
    }
    return new PastCalls.Row(
        row.path("request_id").asText(),
        row.path("attempt").asInt(),
        new PastCalls.Asked(
            row.path("asked_model").asText(),
            row.path("tenant").asText("public"),
            millis(row.path("timestamp").asText(), place)),
        new Candidate(row.path("provider").asText(), row.path("model").asText()),
        new PastCalls.Ended(
            row.path("outcome").asText(),
            row.path("problem").asText(""),
            row.path("cause").asText(""),
            number(row.path("cost")),
            row.path("latency_ms").asDouble()),
        choice(row.path("decision")));
  }

  private static long millis(String timestamp, String place) {
    try {
      return Instant.parse(timestamp).toEpochMilli();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          place + ": 'timestamp' must be a time such as 2026-11-21T09:00:00Z");
    }
  }

  private static Optional<PastCalls.Choice> choice(JsonNode decision) {
    if (!decision.isObject()) {
      return Optional.empty();
    }
    OptionalDouble propensity = number(decision.path("propensity"));
    boolean usable =
        propensity.isPresent() && propensity.getAsDouble() > 0 && propensity.getAsDouble() <= 1;
    return Optional.of(
        new PastCalls.Choice(
            decision.path("source").asText(""),
            usable ? propensity : OptionalDouble.empty(),
            features(decision.path("features"))));
  }

  private static Optional<PolicyFeatures> features(JsonNode features) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    features.path("traits").forEach(label -> Trait.named(label.asText()).ifPresent(traits::add));
    return TaskCluster.named(features.path("kind_of_work").asText(""))
        .map(
            task ->
                new PolicyFeatures(
                    task.label(),
                    features.path("prompt_tokens").asLong(),
                    features.path("turns").asInt(),
                    traits));
  }

  private static OptionalDouble number(JsonNode value) {
    return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
  }
}
