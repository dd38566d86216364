package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of the providers, and the models that they list themselves. */
class ProviderListTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;
  private CassetteServer provider;

  @BeforeEach
  void start() {
    provider = CassetteServer.start();
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private RunningGateway.Plan plan() {
    return RunningGateway.in(folder).providersAt(provider.url());
  }

  private static JsonNode status(Caller caller, String name) {
    Caller.Reply reply = caller.get("/v1/providers");
    assertThat(reply.status()).isEqualTo(200);
    for (JsonNode one : reply.json().path("data")) {
      if (one.path("name").asText().equals(name)) {
        return one;
      }
    }
    throw new AssertionError("no " + name + " in " + reply.body());
  }

  @Test
  void everyProviderIsShownWithItsStateAndNeverAKey() {
    try (RunningGateway gateway = plan().with("OPENAI_API_KEY", "refused-1,key-2").start();
        Caller caller = new Caller(gateway.url())) {
      JsonNode fresh = status(caller, "openai");
      assertThat(fresh.path("state").asText()).isEqualTo("unknown");
      assertThat(fresh.path("breaker").asText()).isEqualTo("closed");
      assertThat(fresh.path("base_url").asText()).isEqualTo(provider.url() + "/v1");
      assertThat(fresh.path("latency_ms").isNull()).isTrue();
      assertThat(fresh.path("last_error").isNull()).isTrue();

      assertThat(caller.chat("openai/text").status()).isEqualTo(200);
      assertThat(caller.chat("openai/error-404").status()).isEqualTo(404);

      JsonNode used = status(caller, "openai");
      assertThat(used.path("state").asText()).isEqualTo("degraded");
      assertThat(used.at("/keys/0/state").asText()).isEqualTo("disabled");
      assertThat(used.at("/keys/0/id").asText()).matches("1:[0-9a-f]{8}");
      assertThat(used.at("/keys/0/until").asText()).contains("T");
      assertThat(used.at("/keys/1/state").asText()).isEqualTo("healthy");
      assertThat(used.at("/latency_ms/p50").asLong()).isBetween(1L, 60_000L);
      assertThat(used.at("/latency_ms/p95").asLong())
          .isGreaterThanOrEqualTo(used.at("/latency_ms/p50").asLong());
      assertThat(used.at("/last_error/code").asText()).isEqualTo("model_not_found");
      assertThat(used.at("/last_error/cause").asText()).isEqualTo("refused");
      assertThat(status(caller, "persona").path("breaker").asText()).isEqualTo("none");
      assertThat(status(caller, "persona").path("state").asText()).isEqualTo("up");
      assertThat(caller.get("/v1/providers").body()).doesNotContain("refused-1", "key-2");
    }
  }

  @Test
  void modelsAreFetchedFromTheProvidersAndCanBeAskedFor() {
    try (RunningGateway gateway =
            plan().with("SERAI_MODEL_LISTS", "true").with("ANTHROPIC_API_KEY", "").start();
        Caller caller = new Caller(gateway.url())) {
      Until.holds(
          PATIENCE,
          "the list has been fetched",
          () -> !status(caller, "openai").path("models_fetched_at").isNull());
      assertThat(status(caller, "openai").path("models").toString()).isEqualTo("[\"text\"]");
      Until.holds(
          PATIENCE,
          "Gemini's list has been fetched",
          () -> !status(caller, "gemini").path("models_fetched_at").isNull());
      assertThat(status(caller, "gemini").path("models").toString())
          .isEqualTo("[\"gemini--text\"]");
      assertThat(caller.get("/v1/models/openai%2Ftext").status()).isEqualTo(200);
      assertThat(caller.chat("text").header("x-serai-provider")).isEqualTo("openai");
      assertThat(caller.chat("openai/tools").status()).isEqualTo(200);
      assertThat(caller.chat("nobody-knows-this").status()).isEqualTo(404);
      assertThat(provider.received()).filteredOn(r -> r.path().endsWith("/v1/models")).hasSize(1);
    }
  }

  @Test
  void switchedOffNothingIsFetched() {
    try (RunningGateway gateway = plan().start();
        Caller caller = new Caller(gateway.url())) {
      assertThat(caller.chat("openai/text").status()).isEqualTo(200);
      assertThat(provider.received()).hasSize(1);
      assertThat(status(caller, "openai").path("models_fetched_at").isNull()).isTrue();
    }
  }
}
