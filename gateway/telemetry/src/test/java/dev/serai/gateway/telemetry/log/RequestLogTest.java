package dev.serai.gateway.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.serai.config.telemetry.LogSettings.Format;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.chat.Usage;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.gateway.telemetry.SampleCalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RequestLogTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T05:40:20.007Z"));

  @TempDir Path folder;
  private final SampleCalls calls = new SampleCalls();

  @Test
  void anAnsweredCallIsOneLineOfJson() throws Exception {
    JsonNode line = json(calls.answered("openai", "gpt-x"));
    assertThat(line.toString())
        .isEqualTo(
            "{\"ts\":\"2026-11-21T05:40:20.007Z\",\"level\":\"info\",\"msg\":\"call\","
                + "\"request_id\":\"req-1\",\"surface\":\"openai\",\"model\":\"openai/gpt-x\","
                + "\"provider\":\"openai\",\"provider_model\":\"gpt-x\",\"attempts\":1,"
                + "\"status\":200,\"outcome\":\"answered\",\"streaming\":false,"
                + "\"tokens_in\":10,\"tokens_out\":5,\"tokens_cached\":4,\"tokens_reasoning\":2,"
                + "\"cost_usd\":1.5E-8,\"duration_ms\":12.0}");
  }

  @Test
  void theTextFormatHasTheSameFields() throws Exception {
    assertThat(line(Format.TEXT, Level.INFO, calls.answered("openai", "gpt-x")))
        .containsExactly(
            "2026-11-21T05:40:20.007Z INFO  call request_id=req-1 surface=openai"
                + " model=openai/gpt-x provider=openai provider_model=gpt-x attempts=1 status=200"
                + " outcome=answered streaming=false tokens_in=10 tokens_out=5 tokens_cached=4"
                + " tokens_reasoning=2 cost_usd=0.000000015 duration_ms=12.000");
  }

  @Test
  void theLineHasTheTeamTheUserAndTheTagsOfTheKey() throws Exception {
    Call call = calls.begin("m", false);
    call.setCaller(
        Caller.of(
            new Identity(
                "acme",
                "search",
                "ann",
                "app",
                Set.of(),
                AllowList.ALL,
                AllowList.ALL,
                Set.of("web", "beta"))));
    call.end(Outcome.CANCELLED, Optional.empty());
    JsonNode line = json(call);
    assertThat(line.path("tenant").asText()).isEqualTo("acme");
    assertThat(line.path("key").asText()).isEqualTo("app");
    assertThat(line.path("team").asText()).isEqualTo("search");
    assertThat(line.path("user").asText()).isEqualTo("ann");
    assertThat(line.path("tags").asText()).isEqualTo("beta web");
  }

  @Test
  void theLineHasWhatTheCallSaysAboutItselfAlsoWithoutAKey() throws Exception {
    Call call = calls.begin("m", false);
    call.setCaller(new Caller(Identity.ANYONE, "s1", "summary", Set.of("web")));
    call.end(Outcome.CANCELLED, Optional.empty());
    JsonNode line = json(call);
    assertThat(line.path("session").asText()).isEqualTo("s1");
    assertThat(line.path("task_type").asText()).isEqualTo("summary");
    assertThat(line.path("tags").asText()).isEqualTo("web");
    assertThat(line.has("tenant")).isFalse();
  }

  @Test
  void aKeyWithoutTeamUserAndTagsHasNoFieldsForThem() throws Exception {
    Call call = calls.begin("m", false);
    call.setCaller(new Caller("acme", "app", "", ""));
    call.end(Outcome.CANCELLED, Optional.empty());
    JsonNode line = json(call);
    assertThat(line.path("key").asText()).isEqualTo("app");
    assertThat(line.has("team") || line.has("user") || line.has("tags")).isFalse();
  }

  @Test
  void aFailedCallIsAWarningWithItsProblem() throws Exception {
    ProviderProblem why = ProviderProblem.of("openai", FailureCause.RATE_LIMITED, 429).build();
    JsonNode line = json(calls.failed("openai", "gpt-x", why));
    assertThat(line.path("level").asText()).isEqualTo("warn");
    assertThat(line.path("status").asInt()).isEqualTo(429);
    assertThat(line.path("problem").asText()).isEqualTo("external_service_error");
    assertThat(line.path("cost_usd").isNull()).isTrue();
  }

  @Test
  void theCostIncludesEveryAttempt() throws Exception {
    Call call = calls.begin("fast", false);
    call.beginAttempt(new Candidate("a", "m"));
    call.current().recordUsage(Usage.of(1_000_000_000L, 0));
    call.failAttempt(ProviderProblem.of("a", FailureCause.MALFORMED, 502).build());
    call.beginAttempt(new Candidate("b", "m"));
    call.current().recordUsage(Usage.of(500_000_000L, 7));
    call.end(Outcome.ANSWERED, Optional.empty());
    String text = line(Format.TEXT, Level.INFO, call).getFirst();
    assertThat(text).contains(" cost_usd=1.500000007 ", " attempts=2 ", " provider=b ");
  }

  @Test
  void anUnknownCostIsNullAndNotZero() throws Exception {
    assertThat(json(calls.answered("openai", "priceless")).path("cost_usd").isNull()).isTrue();
  }

  @Test
  void aBrokenStreamHasStatus200AndItsTimeToFirstToken() throws Exception {
    Call call = calls.begin("m", true);
    call.beginAttempt(new Candidate("a", "m"));
    calls.passMillis(30);
    call.recordToken();
    call.markStreaming();
    calls.passMillis(100);
    ProviderProblem why = ProviderProblem.of("a", FailureCause.MALFORMED, 502).build();
    call.failAttempt(why);
    call.end(Outcome.FAILED, Optional.of(why));
    JsonNode line = json(call);
    assertThat(line.path("status").asInt()).isEqualTo(200);
    assertThat(line.path("outcome").asText()).isEqualTo("failed");
    assertThat(line.path("ttft_ms").asDouble()).isEqualTo(30);
    assertThat(line.path("duration_ms").asDouble()).isEqualTo(130);
  }

  @Test
  void callersCannotBreakALineOrAString() throws Exception {
    String nasty =
        "m\"\\\n\r\t\u0000\u001b[31m\u009b\u2028\u202e\ud83d\ude00\ud800é" + "x".repeat(9999);
    Call call = calls.begin(nasty, false);
    call.end(Outcome.CANCELLED, Optional.empty());
    for (Format format : Format.values()) {
      List<String> lines = line(format, Level.INFO, call);
      assertThat(lines).hasSize(1);
      assertThat(lines.getFirst())
          .hasSizeLessThan(700)
          .doesNotContain("\u001b", "\u009b", "\u2028", "\u202e", "\u0000")
          .contains("\ud83d\ude00", "é", "\\ud800");
    }
    assertThat(json(call).path("model").asText()).startsWith("m\"\\\n\r\t\u0000\u001b[31m");
  }

  @Test
  void thePromptIsNeverWritten() throws Exception {
    assertThat(line(Format.JSON, Level.INFO, calls.answered("openai", "gpt-x")).getFirst())
        .doesNotContain("the prompt");
  }

  @Test
  void theLevelWarnWritesOnlyFailedCalls() throws Exception {
    assertThat(line(Format.JSON, Level.WARNING, calls.answered("a", "m"))).isEmpty();
  }

  private JsonNode json(Call call) throws Exception {
    return new JsonMapper().readTree(line(Format.JSON, Level.INFO, call).getFirst());
  }

  private List<String> line(Format format, Level threshold, Call call) throws Exception {
    Path file = folder.resolve("log-" + format);
    Files.deleteIfExists(file);
    try (LogSink sink =
        LogSink.toFile(file, 8, lost -> new byte[0], BackgroundThreads.unreported())) {
      new RequestLog(sink, SampleCalls.catalogue(), new LogStyle(format, threshold), CLOCK)
          .settled(call);
    }
    return Files.readAllLines(file);
  }
}
