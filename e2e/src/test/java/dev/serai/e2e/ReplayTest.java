package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.e2e.provider.CassetteServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./serai replay} beside a gateway, over calls that it has made by weight. */
class ReplayTest {
  private static final int CALLS = 600;

  private static final String SETTINGS =
      """
      providers:
        cheap: {kind: openai-compatible, base_url: "%1$s/v1", api_key: %2$s,
          models: [{name: text, cost_per_input: 1, cost_per_output: 1}]}
        costly: {kind: openai-compatible, base_url: "%1$s/v1", api_key: %2$s,
          models: [{name: text, cost_per_input: 9, cost_per_output: 9}]}
      models:
        smart: {targets: [{model: costly/text, weight: 2}, cheap/text]}
      """;

  private static final String HELLO =
      "{\"model\": \"smart\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}";

  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway.Plan plan;
  private static RunningGateway gateway;
  private static Caller http;
  private static double cheapUsd;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    plan =
        RunningGateway.in(folder)
            .settings(SETTINGS.formatted(provider.url(), RunningGateway.CANARY));
    gateway = plan.start();
    http = new Caller(gateway.url());
    for (int i = 0; i < CALLS; i++) {
      assertThat(http.post("/v1/chat/completions", HELLO).status()).isEqualTo(200);
    }
    for (JsonNode row : usage()) {
      if (row.path("provider").asText().equals("cheap")) {
        cheapUsd = row.path("cost").asDouble();
      }
    }
    assertThat(cheapUsd).isPositive();
  }

  @AfterAll
  static void stop() {
    http.close();
    gateway.close();
    provider.close();
  }

  /** All rows; they are in the database then. */
  private static JsonNode usage() {
    JsonNode rows = http.get("/v1/usage?limit=10000").json().path("data");
    assertThat(rows).hasSize(CALLS);
    return rows;
  }

  private record Ended(int code, String output, String errors) {
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(output);
      } catch (IOException e) {
        throw new AssertionError(output, e);
      }
    }
  }

  private static Ended replay(String policy, String... arguments) throws Exception {
    Files.writeString(folder.resolve("policy.yaml"), policy);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.serai.gateway.Main",
            "replay",
            "--policy",
            "policy.yaml"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Path errors = folder.resolve("replay-errors.txt");
    builder.directory(folder.toFile()).redirectError(errors.toFile());
    builder.environment().putAll(plan.environment());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output, Files.readString(errors));
  }

  @Test
  void theCheapestWouldHaveCostWhatTheCheapOneCosts() throws Exception {
    Ended ended = replay("models: {smart: {strategy: cost_aware}}", "--model", "smart", "--json");
    assertThat(ended.code()).as(ended.errors()).isZero();
    JsonNode report = ended.json();
    assertThat(report.path("usable").asInt()).isEqualTo(CALLS);
    assertThat(report.at("/per_call/answered/doubly_robust/value").asDouble()).isEqualTo(1);
    double was = report.at("/per_call/cost_usd/as_it_was/value").asDouble();
    assertThat(was).isGreaterThan(4 * cheapUsd);
    for (String estimator : List.of("snips", "doubly_robust")) {
      assertThat(report.at("/per_call/cost_usd/" + estimator + "/value").asDouble())
          .as(estimator)
          .isCloseTo(cheapUsd, within(0.02 * cheapUsd));
    }
  }

  @Test
  void aBanditIsReplayedAndPrintedAsATable() throws Exception {
    Ended ended = replay("models: {smart: {strategy: bandit}}");
    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(ended.output())
        .contains(CALLS + " calls: " + CALLS + " usable", "doubly robust", "cost_usd", "reward");
  }

  @Test
  void aCandidateThatWasNeverChosenAllowsNoConclusion() throws Exception {
    Ended ended = replay("models: {smart: {targets: [costly/text, openai/gpt-4o-mini]}}", "--json");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.json().path("concludes").asBoolean(true)).isFalse();
    assertThat(ended.json().path("why").asText()).contains("50 % of the choices");
    assertThat(ended.json().has("per_call")).isFalse();
  }

  @Test
  void rowsOfTheUsageApiAreReadFromAFileAndMayHaveScores() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (JsonNode row : usage()) {
      int score = row.path("provider").asText().equals("cheap") ? 0 : 1;
      String text = row.toString();
      lines.append(text, 0, text.length() - 1).append(", \"score\": " + score + "}\n");
    }
    Files.writeString(folder.resolve("calls.jsonl"), lines);
    Ended ended =
        replay("models: {smart: {strategy: cost_aware}}", "--file", "calls.jsonl", "--json");
    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(ended.json().at("/per_call/score/snips/value").asDouble()).isZero();
    assertThat(ended.json().at("/per_call/score/as_it_was/value").asDouble()).isBetween(0.5, 0.8);
  }

  @Test
  void whatIsWrongIsNamed() throws Exception {
    assertThat(replay("models: {smart: {strategy: latency}}"))
        .satisfies(
            ended -> {
              assertThat(ended.code()).isEqualTo(2);
              assertThat(ended.errors())
                  .contains("cannot be replayed", "cost_aware and bandit can");
            });
    assertThat(replay("server: {port: 1}").errors()).contains("policy.yaml", "not 'server'");
    Ended unknown = replay("models: {smart: {strategy: cheapest}}");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.errors()).contains("policy.yaml", "cheapest");
    assertThat(replay("models: {}", "--polcy", "x").errors())
        .contains("unknown argument of replay: --polcy; did you mean --policy?");
    assertThat(replay("models: {}", "--file", "none.jsonl").errors())
        .contains("--file: the file ", "none.jsonl does not exist");
    Files.writeString(folder.resolve("calls.jsonl"), "{}\n");
    assertThat(replay("models: {}", "--file", "calls.jsonl").errors())
        .contains("calls.jsonl:1", "'request_id' is missing");
    String row = usage().get(0).toString();
    String scored = row.substring(0, row.length() - 1) + ", \"score\": 2}\n";
    Files.writeString(folder.resolve("calls.jsonl"), scored);
    assertThat(replay("models: {}", "--file", "calls.jsonl").errors())
        .contains("calls.jsonl:1: score must be a number from 0 to 1");
  }
}
