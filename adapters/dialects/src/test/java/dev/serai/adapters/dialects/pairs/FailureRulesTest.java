package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.contract.Cassettes;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A provider's failure is the same failure to every client, in the shape of its own dialect. */
class FailureRulesTest {
  /** A recorded failure: its name and what the dialect makes of it. */
  private record Failure(String name, ProviderProblem problem) {}

  private static List<Failure> failures(Pair pair) {
    Path folder = Cassettes.folder(pair.dialect().name(), "failures");
    return Cassettes.names(folder, ".http").stream()
        .map(name -> new Failure(name, read(pair, Cassettes.bytes(folder.resolve(name + ".http")))))
        .toList();
  }

  private static ProviderProblem read(Pair pair, byte[] recorded) {
    String text = new String(recorded, StandardCharsets.UTF_8);
    int blank = text.indexOf("\n\n");
    String[] head = text.substring(0, blank).split("\n");
    HeaderFields headers = new HeaderFields();
    for (int i = 1; i < head.length; i++) {
      int colon = head[i].indexOf(':');
      headers.add(head[i].substring(0, colon), head[i].substring(colon + 1).strip());
    }
    byte[] body = text.substring(blank + 2).getBytes(StandardCharsets.UTF_8);
    return pair.dialect().readError(Integer.parseInt(head[0]), headers, body, pair.target());
  }

  /** What a client of the surface understands of a failure. */
  private static ProviderProblem heard(Pair pair, ProviderProblem problem) {
    byte[] told = pair.client().surface().writeProblem(problem, "req-1");
    return pair.client()
        .dialect()
        .readError(
            pair.client().surface().status(problem),
            new HeaderFields().add("content-type", "application/json"),
            told,
            Pair.target(pair.client().dialect(), "serai"));
  }

  @TestFactory
  @Holds(Rule.ERRORS_STAY_THE_SAME_ERRORS)
  Stream<DynamicTest> aFailureIsOfTheSameKindToTheClientAndSaysTheSame() {
    return Pair.each(
        pair -> {
          for (Failure failure : failures(pair)) {
            ProviderProblem heard = heard(pair, failure.problem());
            assertThat(heard.message()).as(failure.name()).isNotBlank();
            assertThat(told(pair, failure.problem()))
                .as(failure.name())
                .contains(words(failure.problem()));
            if (failure.problem().status() == 429) {
              assertThat(heard.failureCause())
                  .as(failure.name())
                  .isEqualTo(FailureCause.RATE_LIMITED);
            } else {
              assertThat(heard.failureCause())
                  .as(failure.name())
                  .isNotEqualTo(FailureCause.RATE_LIMITED);
            }
          }
        });
  }

  private static String told(Pair pair, ProviderProblem problem) {
    JsonNode told = StrictJson.tree(pair.client().surface().writeProblem(problem, "req-1"));
    JsonNode error = told.path("error");
    return error.isTextual() ? error.textValue() : error.path("message").asText();
  }

  /** The beginning of the provider's words: what is too long may be cut. */
  private static String words(ProviderProblem problem) {
    String message = problem.message();
    return message.substring(0, Math.min(40, message.length()));
  }

  @TestFactory
  @Holds(Rule.ERRORS_STAY_THE_SAME_ERRORS)
  Stream<DynamicTest> aLimitInsideAFailingStatusIsALimit() {
    return Pair.each(
        pair -> {
          for (Failure failure : failures(pair)) {
            if (failure.name().startsWith("rate-limit")) {
              assertThat(failure.problem().failureCause())
                  .as(failure.name())
                  .isEqualTo(FailureCause.RATE_LIMITED);
              assertThat(failure.problem().status()).as(failure.name()).isEqualTo(429);
            }
          }
        });
  }

  @TestFactory
  @Holds(Rule.ERRORS_STAY_THE_SAME_ERRORS)
  Stream<DynamicTest> anOverloadIsNotALimitOfTheCaller() {
    return Pair.each(
        Pair.all().filter(pair -> !Set.of("responses").contains(pair.dialect().name())),
        pair -> {
          for (Failure failure : failures(pair)) {
            if (Set.of("overloaded", "overloaded-is-no-rate-limit", "busy", "unavailable")
                .contains(failure.name())) {
              assertThat(failure.problem().failureCause()).isEqualTo(FailureCause.OVERLOADED);
              assertThat(heard(pair, failure.problem()).failureCause())
                  .as(failure.name())
                  .isEqualTo(FailureCause.OVERLOADED);
            }
          }
        });
  }

  /** Retry-After is a header, so it is the same to every client: it has to be known. */
  @TestFactory
  @Holds(Rule.ERRORS_STAY_THE_SAME_ERRORS)
  Stream<DynamicTest> howLongToWaitIsKeptWhateverTheStatus() {
    return Pair.each(
        pair -> {
          byte[] body = "{\"error\":{\"message\":\"not now\"}}".getBytes(StandardCharsets.UTF_8);
          for (int status : List.of(429, 502, 503, 504)) {
            HeaderFields headers =
                new HeaderFields().add("content-type", "application/json").add("retry-after", "7");
            ProviderProblem problem =
                pair.dialect().readError(status, headers, body, pair.target());
            assertThat(problem.retryAfter()).as("%d", status).contains(Duration.ofSeconds(7));
          }
        });
  }

  /** Google's endpoints name no header; OpenRouter quotes the provider behind it. */
  @TestFactory
  @Holds(Rule.ERRORS_STAY_THE_SAME_ERRORS)
  Stream<DynamicTest> howLongToWaitIsReadFromTheDetailsOfGoogle() {
    String error =
        "{'error':{'code':429,'message':'slow down','status':'RESOURCE_EXHAUSTED','details':[{"
            + "'@type':'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'38.5s'}]}}";
    String quoted =
        "{'error':{'code':429,'message':'Provider returned error','metadata':{'raw':'"
            + error.replace("'", "\\'")
            + "'}}}";
    return Pair.to(
        Set.of("openai", "responses", "gemini"),
        pair -> {
          List<String> bodies =
              pair.dialect().name().equals("gemini")
                  ? List.of(error, "[" + error + "]")
                  : List.of(error, "[" + error + "]", quoted);
          for (String body : bodies) {
            ProviderProblem problem =
                pair.dialect().readError(429, new HeaderFields(), Pair.bytes(body), pair.target());
            assertThat(problem.retryAfter()).as(body).contains(Duration.ofMillis(38_500));
          }
        });
  }

  /** Google's code assistance has it in the metadata of the reason, and not always in RetryInfo. */
  @TestFactory
  @Holds(Rule.ERRORS_STAY_THE_SAME_ERRORS)
  Stream<DynamicTest> whenAQuotaIsResetIsReadFromTheReasonOfGoogle() {
    String reason =
        "{'error':{'code':429,'message':'slow down','status':'RESOURCE_EXHAUSTED','details':[{"
            + "'@type':'type.googleapis.com/google.rpc.ErrorInfo','reason':'QUOTA_EXHAUSTED',"
            + "'metadata':{'uiMessage':'true',%s}}%s]}}";
    String time = "'quotaResetTimeStamp':'1994-11-06T08:50:07Z'";
    String delay = "'quotaResetDelay':'1m0.5s'";
    String info = ",{'@type':'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'2s'}";
    Map<String, Duration> waits =
        Map.of(
            reason.formatted(time, ""), Duration.ofSeconds(30),
            reason.formatted(delay + "," + time, ""), Duration.ofMillis(60_500),
            reason.formatted(delay + "," + time, info), Duration.ofSeconds(2));
    HeaderFields headers = new HeaderFields().add("date", "Sun, 06 Nov 1994 08:49:37 GMT");
    return Pair.to(
        Set.of("openai", "responses", "gemini"),
        pair ->
            waits.forEach(
                (body, wait) ->
                    assertThat(
                            pair.dialect()
                                .readError(429, headers, Pair.bytes(body), pair.target())
                                .retryAfter())
                        .as(body)
                        .contains(wait)));
  }

  @TestFactory
  @Holds(Rule.ERRORS_STAY_THE_SAME_ERRORS)
  Stream<DynamicTest> aDeadlineIsAGatewaysTimeoutToEveryClient() {
    return Pair.each(
        pair -> {
          ProviderProblem late =
              ProviderProblem.of("acme", FailureCause.TIMEOUT, 504)
                  .message("it took too long")
                  .build();
          assertThat(heard(pair, late).status()).isEqualTo(504);
          assertThat(told(pair, late)).contains("it took too long");
        });
  }
}
