package dev.serai.adapters.dialects.ask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.experiment.assigned.Assignment;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.AuthenticationProblem;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.InternalProblem;
import dev.serai.core.problem.LimitProblem;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.routing.QualityTarget;
import dev.serai.core.routing.QualityTarget.Level;
import dev.serai.core.surface.ExplainingSurface.Account;
import dev.serai.core.surface.ExplainingSurface.CallFacts;
import dev.serai.core.surface.ExplainingSurface.Choice;
import dev.serai.core.surface.ExplainingSurface.Estimate;
import dev.serai.core.surface.Surface.ChatEventWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AskSurfaceTest {
  private static final AskSurface SURFACE = new AskSurface(() -> new AskSurface.Rules("usual", 20));

  @Test
  void aPromptAloneHasTheDefaultsOfTheDocument() {
    ChatRequest request = read("{'prompt': 'Hi'}");
    assertThat(request.model()).isEqualTo("usual");
    assertThat(request.streaming()).isTrue();
    assertThat(request.conversation().messages()).hasSize(1);
    assertThat(request.routing().target())
        .isEqualTo(
            new QualityTarget(
                Optional.of(Level.BALANCED),
                OptionalLong.of(50_000_000),
                false,
                Optional.of(Duration.ofMillis(2_000))));
    assertThat(request.tenant()).isEmpty();
  }

  @Test
  void everyFieldIsRead() {
    ChatRequest request =
        read(
            """
            {'prompt': 'Hi', 'model': 'mine', 'conversation_id': 'c', 'session_id': 's', 'quality': 'high',
             'max_cost_usd': 0.001, 'latency_slo_ms': 100, 'context_refs': [], 'tenant': 'shop',
             'task_type': 'code', 'consistency_level': 'RYW', 'other': {'a': 1}}
            """);
    assertThat(request.model()).isEqualTo("mine");
    assertThat(request.labels().session()).isEqualTo("s");
    assertThat(request.labels().taskType()).isEqualTo("code");
    assertThat(request.tenant()).contains("shop");
    assertThat(request.conversation().unknown()).containsOnlyKeys("other");
    assertThat(request.routing().target())
        .isEqualTo(
            new QualityTarget(
                Optional.of(Level.HIGH),
                OptionalLong.of(1_000_000),
                true,
                Optional.of(Duration.ofMillis(100))));
  }

  @Test
  void aConversationIsASessionAndStandardIsBalanced() {
    ChatRequest request =
        read("{'prompt': 'Hi', 'conversation_id': 'c', 'quality': 'standard', 'tenant': null}");
    assertThat(request.labels().session()).isEqualTo("c");
    assertThat(request.routing().target().level()).contains(Level.BALANCED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|422|validation_error|'prompt' must be a text that is not empty.",
        "{'prompt': ''}|422|validation_error|'prompt' must be a text that is not empty.",
        "{'prompt': 7}|422|validation_error|'prompt' must be a text.",
        "{'prompt': 'Hi', 'model': ' '}|422|validation_error|'model' must be the name of a model.",
        "{'prompt': 'Hi', 'quality': 'best'}|422|validation_error|'quality' must be one of fast,"
            + " balanced, high.",
        "{'prompt': 'Hi', 'max_cost_usd': 0.0001}|422|validation_error|'max_cost_usd' must be a"
            + " number from 0.001 to 10.",
        "{'prompt': 'Hi', 'max_cost_usd': 10.1}|422|validation_error|'max_cost_usd' must be a"
            + " number from 0.001 to 10.",
        "{'prompt': 'Hi', 'max_cost_usd': '1'}|422|validation_error|'max_cost_usd' must be a number"
            + " from 0.001 to 10.",
        "{'prompt': 'Hi', 'latency_slo_ms': 99}|422|validation_error|'latency_slo_ms' must be a"
            + " whole number from 100 to 30000.",
        "{'prompt': 'Hi', 'latency_slo_ms': 30001}|422|validation_error|'latency_slo_ms' must be a"
            + " whole number from 100 to 30000.",
        "{'prompt': 'Hi', 'latency_slo_ms': 150.5}|422|validation_error|'latency_slo_ms' must be a"
            + " whole number from 100 to 30000.",
        "{'prompt': 'Hi', 'context_refs': 'a'}|422|validation_error|'context_refs' must be an array"
            + " of texts.",
        "{'prompt': 'Hi', 'consistency_level': 'STRONG'}|422|validation_error|'consistency_level'"
            + " must be EVENTUAL or RYW.",
        "{'promt': 'Hi'}|422|validation_error|Unknown member 'promt'. Did you mean 'prompt'? Known"
            + " are consistency_level, context_refs, conversation_id, latency_slo_ms, max_cost_usd,"
            + " model, prompt, quality, session_id, task_type, tenant.",
        "{'prompt': 'Hi', 'sesion_id': 'a'}|422|validation_error|Unknown member 'sesion_id'. Did"
            + " you mean 'session_id'? Known are consistency_level, context_refs, conversation_id,"
            + " latency_slo_ms, max_cost_usd, model, prompt, quality, session_id, task_type,"
            + " tenant.",
        "{'prompt': 'Hi', 'session_id': 'a\\n"
            + "b'}|422|validation_error|'session_id' must have at most 256 characters and no"
            + " control characters.",
        "{'prompt': 'This is more than 20.'}|413|prompt_too_large|'prompt' has more than 20"
            + " characters.",
        "[]|400|invalid_request|The request's body is not a JSON object: expected an object at byte"
            + " 0.",
      })
  void aWrongFieldIsRefusedWithItsName(String body, int status, String code, String detail) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOfSatisfying(
            GatewayProblem.class, problem -> shown(problem, status, code, detail));
  }

  @Test
  void aReferenceThatCannotBeFollowedIsRefused() {
    assertThatThrownBy(() -> read("{'prompt': 'Hi', 'context_refs': ['ns/key']}"))
        .isInstanceOfSatisfying(
            CallerProblem.class,
            problem -> {
              assertThat(SURFACE.status(problem)).isEqualTo(422);
              assertThat(problem.message()).startsWith("'context_refs' cannot be resolved");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"'twenty characters ok'", "'👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋'"})
  void aPromptOfTheGreatestLengthIsAccepted(String prompt) {
    assertThat(read("{'prompt': " + prompt + "}").conversation().messages()).hasSize(1);
  }

  @Test
  void everyKindOfProblemHasACodeOfTheDocument() {
    shown(new AuthenticationProblem("m"), 401, "authentication_failed", "m");
    shown(
        new PermissionProblem("model_not_allowed", "m", Optional.of("model")),
        403,
        "permission_denied",
        "m");
    shown(
        new LimitProblem("rate_limit_exceeded", "m", Duration.ofSeconds(1)),
        429,
        "rate_limited",
        "m");
    shown(
        new CapacityProblem("backpressure", "m", Duration.ofSeconds(1)), 429, "backpressure", "m");
    shown(CallerProblem.unknownModel("m"), 404, "model_not_found", "The model 'm' does not exist.");
    shown(
        new CallerProblem(400, "no_models_available", "m", Optional.of("model")),
        503,
        "no_models_available",
        "m");
    shown(
        new CallerProblem(413, "request_too_large", "m", Optional.empty()),
        413,
        "prompt_too_large",
        "m");
    shown(
        new CallerProblem(405, "method_not_allowed", "m", Optional.empty()),
        405,
        "invalid_request",
        "m");
    shown(CallerProblem.disconnected(), 499, "request_cancelled", "The client has disconnected.");
    shown(
        provider(FailureCause.OVERLOADED, 502),
        502,
        "external_service_error",
        "The provider 'p' failed.");
    shown(
        provider(FailureCause.OUT_OF_TIME, 504),
        502,
        "external_service_error",
        "The provider 'p' failed.");
    shown(
        provider(FailureCause.RATE_LIMITED, 429), 429, "rate_limited", "The provider 'p' failed.");
    shown(provider(FailureCause.REFUSED, 400), 400, "invalid_request", "The provider 'p' failed.");
    shown(
        provider(FailureCause.CONTENT_FILTER, 400),
        400,
        "invalid_request",
        "The provider 'p' failed.");
    shown(provider(FailureCause.REFUSED, 404), 404, "model_not_found", "The provider 'p' failed.");
    shown(
        provider(FailureCause.BREAKER_OPEN, 503),
        503,
        "no_models_available",
        "The provider 'p' failed.");
    assertThat(SURFACE.status(new InternalProblem("req-1"))).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource({
    "backpressure, 429, backpressure",
    "rate_limits_full, 429, backpressure",
    "rate_limit_exceeded, 429, rate_limited",
    "concurrency_limit_exceeded, 429, rate_limited",
    "shutting_down, 503, shutting_down",
    "memory_exhausted, 503, memory_exhausted",
    "ledger_full, 503, ledger_full",
    "ledger_unavailable, 503, ledger_unavailable",
    "keys_unavailable, 503, keys_unavailable",
  })
  void onlyLoadIsBackPressure(String problem, int status, String code) {
    shown(new CapacityProblem(problem, "m", Duration.ofSeconds(1)), status, code, "m");
  }

  @Test
  void aLimitOfTheProviderThatTheGatewayCountsIsARateLimit() {
    shown(provider(FailureCause.LIMITED, 429), 429, "rate_limited", "The provider 'p' failed.");
  }

  private static GatewayProblem provider(FailureCause cause, int status) {
    return ProviderProblem.of("p", cause, status).build();
  }

  private static void shown(GatewayProblem problem, int status, String code, String detail) {
    JsonNode body = StrictJson.tree(SURFACE.writeProblem(problem));
    assertThat(body.path("error").asText()).as(problem.message()).isEqualTo(code);
    assertThat(body.path("detail").asText()).isEqualTo(detail);
    assertThat(body).hasSize(2);
    assertThat(SURFACE.status(problem)).isEqualTo(status);
  }

  @Test
  void theLinesAreThePlanWhatHappenedTheTextAndTheAccount() {
    ChatEventWriter writer = SURFACE.streamWriter(new Facts(true));
    assertThat(text(writer.write(new ChatEvent.Started("id", "m", 0)))).isEmpty();
    assertThat(text(writer.write(new ChatEvent.TextDelta(0, "Hel"))))
        .isEqualTo(
            """
            {"type":"plan","candidates":[{"model":"p/cheap","cost_per_1k":0.000375,"quality_pred":0.75,"latency_p95":null},\
            {"model":"p/dear","cost_per_1k":null,"quality_pred":0.87,"latency_p95":412.3}],"reason":"alias asked",\
            "roles":[{"role":"primary","model":"p/cheap"},{"role":"fallback","model":"p/dear"}],\
            "prompt_hash":"3639efcd08abb273b1619e82e78c29a7df02c1051b1820e99fc395dcaa3326b8"}
            {"type":"event","event":"escalate","model":"p/dear"}
            {"type":"chunk","seq":0,"text":"Hel","model":"p/dear"}
            """);
    assertThat(text(writer.write(new ChatEvent.TextDelta(0, "lo\n"))))
        .isEqualTo("{\"type\":\"chunk\",\"seq\":1,\"text\":\"lo\\n\",\"model\":\"p/dear\"}\n");
    assertThat(text(writer.write(new ChatEvent.TextDelta(1, "another choice")))).isEmpty();
    assertThat(text(writer.write(new ChatEvent.Finished(0, FinishReason.of("stop"))))).isEmpty();
    assertThat(text(writer.write(new ChatEvent.Ended())))
        .isEqualTo(
            """
            {"type":"final","text":"Hello\\n","model_used":"p/dear","tokens_in":11,"tokens_out":7,"cost_usd":0.000042,\
            "savings_pct":33.33,"escalation_count":1,"quality_score":0.87,"cluster_hint":"chat"}
            """);
  }

  @Test
  void aResponseThatBreaksOffSaysSo() {
    ChatEventWriter writer = SURFACE.streamWriter(new Facts(true));
    assertThat(text(writer.write(new ChatEvent.TextDelta(0, "Hel")))).contains("\"Hel\"");
    assertThat(text(writer.write(new ChatEvent.Failed(provider(FailureCause.INCOMPLETE, 502)))))
        .isEqualTo("{\"type\":\"final\",\"aborted\":true,\"error\":\"external_service_error\"}\n");
  }

  @Test
  void aTextForWhichThereIsNoMemoryIsCutInTheLastLineOnly() {
    ChatEventWriter writer = SURFACE.streamWriter(new Facts(false));
    assertThat(text(writer.write(new ChatEvent.TextDelta(0, "Hello")))).contains("\"Hello\"");
    JsonNode last = StrictJson.tree(writer.write(new ChatEvent.Ended()));
    assertThat(last.path("text").asText()).isEmpty();
    assertThat(last.path("text_truncated").asBoolean()).isTrue();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  private static ChatRequest read(String body) {
    byte[] json = body.replace('\'', '"').getBytes(UTF_8);
    return SURFACE.readRequest(new InboundRequest("POST", "/v1/ask", "", Headers.NONE, json));
  }

  @Test
  void anEventAfterThePlanNamesAChallenger() {
    Assignment assignment = new Assignment("exp-1", "b", true);
    ChatEventWriter writer = SURFACE.streamWriter(new Facts(true, Optional.of(assignment)));
    assertThat(text(writer.write(new ChatEvent.TextDelta(0, "Hel"))))
        .contains(
            "],\"experiment\":{\"id\":\"exp-1\",\"variant\":\"b\",\"challenger\":true},\"prompt")
        .contains(
            "}\n{\"type\":\"event\",\"event\":\"challenger_selected\",\"model\":\"p/cheap\"}\n"
                + "{\"type\":\"event\",\"event\":\"escalate\"");
    assignment = new Assignment("exp-1", "a", false);
    writer = SURFACE.streamWriter(new Facts(true, Optional.of(assignment)));
    assertThat(text(writer.write(new ChatEvent.TextDelta(0, "Hel"))))
        .contains("\"variant\":\"a\"")
        .doesNotContain("challenger_selected");
  }

  private record Facts(boolean room, Optional<Assignment> assignment) implements CallFacts {
    Facts(boolean room) {
      this(room, Optional.empty());
    }

    @Override
    public String prompt() {
      return "Hi";
    }

    @Override
    public Choice choice() {
      return new Choice(
          List.of(
              new Estimate(
                  "p/cheap", "primary", OptionalDouble.of(0.000375), 0.75, OptionalDouble.empty()),
              new Estimate(
                  "p/dear", "fallback", OptionalDouble.empty(), 0.87, OptionalDouble.of(412.34))),
          "alias asked",
          assignment);
    }

    @Override
    public List<String> escalations() {
      return List.of("p/dear");
    }

    @Override
    public String model() {
      return "p/dear";
    }

    @Override
    public Account account() {
      return new Account(
          OptionalLong.of(11),
          OptionalLong.of(7),
          OptionalLong.of(42_000),
          OptionalDouble.of(100.0 / 3),
          0.87,
          "chat");
    }

    @Override
    public boolean hasRoom(int characters) {
      return room;
    }
  }
}
