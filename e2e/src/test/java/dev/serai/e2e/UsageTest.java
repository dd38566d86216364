package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.Said;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Usage is reported at once and exactly. */
class UsageTest {
  /** In nano dollars a token: 3 for input, 0.5 for cached input, 7 for output. */
  private static final String PRICES =
      """
      providers:
        openai:
          models:
            - {name: gpt-4o--text, cost_per_input: 0.003, cost_per_output: 0.007,
               cost_per_cached_input: 0.0005}
            - {name: gpt-4o--tools, cost_per_input: 2.5, cost_per_output: 10.125}
        anthropic:
          models:
            - {name: claude--text, cost_per_input: 3, cost_per_output: 15,
               cost_per_cached_input: 0.3, cost_per_cache_write: 3.75}
      """;

  @TempDir Path folder;

  @Test
  void aCallIsInTheLedgerWithWhatTheProviderCounted() {
    try (CassetteServer provider = CassetteServer.start();
        RunningGateway gateway = start(provider);
        Caller caller = new Caller(gateway.url())) {
      String id = caller.call("openai/gpt-4o--text", false).header("x-request-id");

      JsonNode attempt = ok(caller.get("/v1/usage/" + id)).at("/attempts/0");

      assertThat(attempt.path("input_tokens").asLong()).isEqualTo(Said.PROMPT);
      assertThat(attempt.path("output_tokens").asLong()).isEqualTo(Said.COMPLETION);
      assertThat(attempt.path("cached_tokens").asLong()).isEqualTo(Said.CACHED);
      assertThat(attempt.path("provider").asText()).isEqualTo("openai");
      assertThat(attempt.path("tenant").asText()).isEqualTo("public");
      assertThat(attempt.path("terminal").asBoolean()).isTrue();
      assertThat(attempt.path("estimated").asBoolean()).isFalse();
      assertThat(attempt.path("outcome").asText()).isEqualTo("answered");
      // 8 at 3, 3 at 0.5 and 7 at 7 nano dollars, to the last digit: 74.5, rounded up.
      assertThat(attempt.path("cost").decimalValue())
          .isEqualByComparingTo(new BigDecimal("0.000000075"));
      List<String> csv = caller.get("/v1/usage?format=csv").body().lines().toList();
      List<String> names = List.of(csv.getFirst().split(","));
      String[] row = csv.getLast().split(",", -1);
      for (String unit : List.of("latency_ms", "ttft_ms", "cost")) {
        assertThat(new BigDecimal(row[names.indexOf(unit)]))
            .as(unit)
            .isEqualByComparingTo(attempt.path(unit).decimalValue());
      }
    }
  }

  @Test
  void aCallIsFoundByTheIdThatItsClientGaveTheRequest() {
    try (CassetteServer provider = CassetteServer.start();
        RunningGateway gateway = start(provider);
        Caller caller = new Caller(gateway.url())) {
      byte[] body = Caller.body("openai/text", false).getBytes(StandardCharsets.UTF_8);
      Caller.Reply reply =
          caller.send(caller.to("/v1/chat/completions", body).header("x-request-id", "theirs:1=a"));

      JsonNode usage = ok(caller.get("/v1/usage/" + reply.header("x-request-id")));
      assertThat(usage.path("request_id").asText()).isEqualTo(reply.header("x-serai-request-id"));
      assertThat(usage.at("/attempts/0/client_request_id").asText()).isEqualTo("theirs:1=a");
      assertThat(ok(caller.get("/v1/usage/theirs%3A1%3Da"))).isEqualTo(usage);
    }
  }

  @Test
  void usageIsSummedByWhatIsAskedForAndExportedAsCsv() {
    try (CassetteServer provider = CassetteServer.start();
        RunningGateway gateway = start(provider);
        Caller caller = new Caller(gateway.url())) {
      caller.call("openai/gpt-4o--text", true);
      caller.call("anthropic/claude--text", false);
      caller.call("no-such-model", false);

      JsonNode byProvider = ok(caller.get("/v1/usage?group_by=provider,day")).path("data");
      assertThat(byProvider).hasSize(3);
      assertThat(byProvider.at("/2/provider").asText()).isEqualTo("openai");
      assertThat(byProvider.at("/2/input_tokens").asLong()).isEqualTo(Said.PROMPT);
      JsonNode only = ok(caller.get("/v1/usage?provider=anthropic")).path("data");
      assertThat(only).hasSize(1);
      Caller.Reply csv = caller.get("/v1/usage?group_by=provider&format=csv");
      assertThat(csv.header("content-type")).startsWith("text/csv");
      assertThat(csv.body().lines().toList())
          .hasSize(4)
          .last()
          .asString()
          .startsWith("openai,1,0,0,1,11,7,3,");
      List<String> names = List.of(csv.body().lines().findFirst().orElseThrow().split(","));
      String[] row = csv.body().lines().toList().getLast().split(",", -1);
      JsonNode openai = ok(caller.get("/v1/usage?group_by=provider")).at("/data/2");
      assertThat(row[names.indexOf("cost")])
          .isEqualTo(openai.path("cost").decimalValue().toPlainString());
    }
  }

  @Test
  void aQuestionThatMakesNoSenseIsRefusedWithTheParameterAtFault() {
    try (CassetteServer provider = CassetteServer.start();
        RunningGateway gateway = start(provider);
        Caller caller = new Caller(gateway.url())) {
      for (String query : List.of("group_by=colour", "limit=0", "from=yesterday", "color=red")) {
        Caller.Reply refused = caller.get("/v1/usage?" + query);
        assertThat(refused.status()).as(query).isEqualTo(400);
        assertThat(refused.json().at("/error/param").asText()).isEqualTo(query.split("=")[0]);
      }
      Caller.Reply unknown = caller.get("/v1/usage/0123456789abcdef0123456789abcdef");
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(unknown.json().at("/error/code").asText()).isEqualTo("usage_not_found");
    }
  }

  @Test
  void aStreamThatItsCallerLeavesIsChargedAndMarkedEstimated() throws Exception {
    try (CassetteServer provider = CassetteServer.start();
        RunningGateway gateway = start(provider);
        Caller caller = new Caller(gateway.url())) {
      try (var stream = caller.open("openai/gpt-4o--long-stream")) {
        assertThat(stream.readNBytes(1000)).hasSize(1000);
      }
      Until.holds(
          Duration.ofSeconds(10),
          "settled",
          () -> ok(caller.get("/v1/usage")).path("data").size() == 1);

      JsonNode row = ok(caller.get("/v1/usage")).at("/data/0");
      assertThat(row.path("outcome").asText()).isEqualTo("cancelled");
      assertThat(row.path("delivered").asBoolean()).isTrue();
      assertThat(row.path("estimated").asBoolean()).isTrue();
      assertThat(row.path("output_tokens").asLong()).isPositive();
    }
  }

  private RunningGateway start(CassetteServer provider) {
    return RunningGateway.in(folder).providersAt(provider.url()).settings(PRICES).start();
  }

  private static JsonNode ok(Caller.Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }
}
