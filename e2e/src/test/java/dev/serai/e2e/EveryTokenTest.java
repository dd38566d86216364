package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.Cassette;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.Received;
import dev.serai.e2e.provider.Said;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger has the counts of the providers, for every pair, streaming or not. */
class EveryTokenTest {
  private static final int CALLS = 2000;
  private static final List<String> PROVIDERS =
      List.of("openai", "anthropic", "gemini", "ollama", "bedrock");

  /** Prompt, cached, completion: the last one fails. */
  private static final List<String> MODELS =
      List.of(
          "one--counted-1-0-1",
          "two--counted-1337-512-77",
          "three--counted-90001-1-4096",
          "four--counted-17-17-0",
          "five--error-400");

  /** US dollars for a million tokens: all but whole nano dollars for one. */
  private static final BigDecimal INPUT = new BigDecimal("0.0375");

  private static final BigDecimal CACHED = new BigDecimal("0.009999");
  private static final BigDecimal OUTPUT = new BigDecimal("10.000125");

  /** One that has no price. */
  private static final String UNPRICED = "four--counted-17-17-0";

  @TempDir Path folder;

  @Test
  void twoThousandMixedCallsAreInTheLedgerToTheTokenAndTheLastDigit() throws Exception {
    try (CassetteServer provider = CassetteServer.start();
        RunningGateway gateway =
            RunningGateway.in(folder).providersAt(provider.url()).settings(prices()).start();
        Caller caller = new Caller(gateway.url())) {
      callAll(caller);

      JsonNode rows = ok(caller.get("/v1/usage?group_by=provider,model")).path("data");
      Map<String, Sum> ledger = new HashMap<>();
      rows.forEach(
          row -> ledger.put(text(row, "provider") + "/" + text(row, "model"), Sum.of(row)));
      Map<String, Sum> reported = new HashMap<>();
      for (Received request : provider.received()) {
        String name = providerOf(request) + "/" + request.model();
        reported.merge(name, Sum.of(request), Sum::plus);
      }
      assertThat(ledger).containsExactlyInAnyOrderEntriesOf(reported);
      assertThat(ledger).hasSize(PROVIDERS.size() * MODELS.size());
      exactlyOneTerminalRowACall(caller);
    }
  }

  private static void callAll(Caller caller) throws Exception {
    List<Future<Caller.Reply>> replies = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(16, Thread.ofVirtual().factory())) {
      for (int i = 0; i < CALLS; i++) {
        int number = i;
        replies.add(callers.submit(() -> call(caller, number)));
      }
    }
    for (int i = 0; i < CALLS; i++) {
      Caller.Reply reply = replies.get(i).get();
      boolean fails = MODELS.get(modelOf(i)).endsWith("400");
      assertThat(reply.status()).as(reply.body()).isEqualTo(fails ? 400 : 200);
    }
  }

  /** Every surface asks every provider for every model, by turns as a stream. */
  private static Caller.Reply call(Caller caller, int i) {
    String provider = PROVIDERS.get(i % PROVIDERS.size());
    String name = provider + "/" + MODELS.get(modelOf(i));
    boolean stream = i / 7 % 2 == 0;
    String model = "{\"model\":\"" + name + "\",\"stream\":" + stream + ",";
    String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    return switch (i % 7) {
      case 0 -> caller.call(name, stream);
      case 1 -> caller.post("/v1/messages", model + "\"max_tokens\":99," + messages);
      case 2 -> caller.post("/v1/responses", model + "\"input\":\"Hello\"}");
      case 3 -> caller.post("/v1/completions", model + "\"prompt\":\"Hello\"}");
      case 4 -> caller.post("/api/chat", model + messages);
      case 5 -> caller.post("/api/generate", model + "\"prompt\":\"Hello\"}");
      default ->
          caller.post(
              "/v1beta/models/"
                  + name
                  + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent"),
              "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello\"}]}]}");
    };
  }

  private static int modelOf(int i) {
    return i / PROVIDERS.size() % MODELS.size();
  }

  /** By the path on which it is asked: it gives away the grammar. */
  private static String providerOf(Received request) {
    String path = request.path();
    if (path.startsWith("/model/")) {
      return "bedrock";
    }
    if (path.startsWith("/api/")) {
      return "ollama";
    }
    if (path.contains("enerateContent")) {
      return "gemini";
    }
    return path.endsWith("/messages") ? "anthropic" : "openai";
  }

  /** What several calls came to. Nano dollars; no price is known if there are unpriced ones. */
  private record Sum(
      long requests,
      long failed,
      long input,
      long cached,
      long output,
      BigDecimal cost,
      long unpriced) {
    static Sum of(JsonNode row) {
      return new Sum(
          row.path("requests").asLong(),
          row.path("failed").asLong(),
          row.path("input_tokens").asLong(),
          row.path("cached_tokens").asLong(),
          row.path("output_tokens").asLong(),
          row.path("cost").isNull()
              ? BigDecimal.ZERO
              : row.path("cost").decimalValue().movePointRight(9).stripTrailingZeros(),
          row.path("unpriced_attempts").asLong());
    }

    /** What a provider reports of a call. Two of the grammars have no word for cached tokens. */
    static Sum of(Received request) {
      String path = request.path();
      boolean tellsCached = !path.startsWith("/api/") && !path.endsWith("/v1/completions");
      return Cassette.counted(request.model())
          .map(counts -> of(counts, tellsCached ? counts.cached() : 0, request.model()))
          .orElseGet(() -> new Sum(1, 1, 0, 0, 0, BigDecimal.ZERO, 0));
    }

    private static Sum of(Said.Counts counts, long cached, String model) {
      BigDecimal nano =
          INPUT
              .multiply(BigDecimal.valueOf(counts.prompt() - cached))
              .add(CACHED.multiply(BigDecimal.valueOf(cached)))
              .add(OUTPUT.multiply(BigDecimal.valueOf(counts.completion())))
              .movePointRight(3)
              .setScale(0, RoundingMode.HALF_UP);
      boolean priced = !model.equals(UNPRICED);
      return new Sum(
          1,
          0,
          counts.prompt(),
          cached,
          counts.completion(),
          priced ? nano.stripTrailingZeros() : BigDecimal.ZERO,
          priced ? 0 : 1);
    }

    Sum plus(Sum other) {
      return new Sum(
          requests + other.requests,
          failed + other.failed,
          input + other.input,
          cached + other.cached,
          output + other.output,
          cost.add(other.cost).stripTrailingZeros(),
          unpriced + other.unpriced);
    }
  }

  private static void exactlyOneTerminalRowACall(Caller caller) {
    JsonNode rows = ok(caller.get("/v1/usage?limit=10000")).path("data");
    List<String> terminal =
        rows.valueStream()
            .filter(row -> row.path("terminal").asBoolean())
            .map(row -> text(row, "request_id"))
            .toList();
    assertThat(terminal).hasSize(CALLS).doesNotHaveDuplicates();
    assertThat(rows.findValues("estimated")).hasSize(rows.size()).noneMatch(JsonNode::asBoolean);
  }

  private static String prices() {
    StringBuilder yaml = new StringBuilder("providers:\n");
    for (String provider : PROVIDERS) {
      yaml.append("  ").append(provider).append(":\n    models:\n");
      for (String model : MODELS) {
        yaml.append("      - {name: ").append(model);
        if (!model.equals(UNPRICED)) {
          yaml.append(", cost_per_input: ").append(INPUT);
          yaml.append(", cost_per_cached_input: ").append(CACHED);
          yaml.append(", cost_per_output: ").append(OUTPUT);
        }
        yaml.append("}\n");
      }
    }
    return yaml.toString();
  }

  private static String text(JsonNode row, String name) {
    return row.path(name).asText();
  }

  private static JsonNode ok(Caller.Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }
}
