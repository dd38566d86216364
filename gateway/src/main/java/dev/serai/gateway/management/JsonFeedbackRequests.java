package dev.serai.gateway.management;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.feedback.Feedback;
import dev.serai.core.feedback.FeedbackRequest;
import dev.serai.core.problem.CallerProblem;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads the JSON of feedback; refuses members that it does not know. Pure. */
final class JsonFeedbackRequests implements FeedbackRequest.Reader {
  private static final Set<String> MEMBERS = Set.of("request_id", "score", "metric", "comment");
  private static final Set<String> OF_METRIC = Set.of("name", "value");
  private static final Predicate<String> ID = Pattern.compile("[!-~]{1,128}").asMatchPredicate();
  private static final double MAX_VALUE = 1e15;

  @Override
  public FeedbackRequest read(byte[] json) {
    RequestObject request = RequestObject.read(json, MEMBERS);
    String id =
        request
            .member("request_id")
            .map(value -> text(value, "request_id", ID, "must be the ID of a request"))
            .orElseThrow(() -> missing("request_id", "'request_id' is missing."));
    Optional<JsonNode> score = request.member("score");
    Optional<JsonNode> metric = request.member("metric");
    if (score.isPresent() == metric.isPresent()) {
      throw missing("score", "Feedback has either a 'score' or a 'metric'.");
    }
    String comment =
        request
            .member("comment")
            .map(
                value ->
                    text(
                        value,
                        "comment",
                        said -> said.length() <= Feedback.MAX_COMMENT_LENGTH,
                        "must be a text of at most " + Feedback.MAX_COMMENT_LENGTH + " characters"))
            .orElse("");
    return score.isPresent()
        ? new FeedbackRequest(id, Optional.empty(), score(score.get()), comment)
        : metric(id, metric.orElseThrow(), comment);
  }

  private static double score(JsonNode score) {
    double value = score.isNumber() ? score.doubleValue() : -1;
    if (!(value >= 0 && value <= 1)) {
      throw CallerProblem.invalid("score", "'score' must be a number from 0 to 1.");
    }
    return value;
  }

  private static FeedbackRequest metric(String id, JsonNode metric, String comment) {
    if (!metric.isObject() || metric.get("name") == null || metric.get("value") == null) {
      throw CallerProblem.invalid("metric", "'metric' must be an object with 'name' and 'value'.");
    }
    metric
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!OF_METRIC.contains(name)) {
                throw RequestObject.unknown(name, " of 'metric'", OF_METRIC);
              }
            });
    JsonNode value = metric.get("value");
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (!(Math.abs(number) <= MAX_VALUE)) {
      throw CallerProblem.invalid(
          "metric.value", "'metric.value' must be a number from -1e15 to 1e15.");
    }
    String name = RequestObject.name(metric.get("name"), "metric.name");
    return new FeedbackRequest(id, Optional.of(name), number, comment);
  }

  private static String text(JsonNode value, String member, Predicate<String> good, String rule) {
    return RequestObject.text(value, member, good, rule);
  }

  private static CallerProblem missing(String member, String message) {
    return CallerProblem.invalid(member, message);
  }
}
