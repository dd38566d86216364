package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.FaultProxy;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Before the first token another candidate is asked; a provider that is dead is left alone. */
class FailoverTest {
  private static final String ALIASES =
      """
      models:
        limited: {targets: [openai/error-429], fallbacks: [anthropic/text]}
        failing: {targets: [openai/error-500], fallbacks: [anthropic/text]}
        overloaded: {targets: [openai/error-529], fallbacks: [ollama/text]}
        unauthorised: {targets: [openai/error-401], fallbacks: [ollama/text]}
        breaking: {targets: [openai/fin-mid-stream], fallbacks: [anthropic/text]}
        hanging: {targets: [openai/hang-before-head], fallbacks: [anthropic/text]}
        gone: {targets: [openai/error-404], fallbacks: [anthropic/text]}
        refused: {targets: [openai/error-400], fallbacks: [anthropic/text]}
        steady: {targets: [openai/text], fallbacks: [anthropic/text]}
      """;

  @TempDir static Path folder;
  @TempDir Path own;
  private static CassetteServer provider;
  private static FaultProxy network;
  private static RunningGateway gateway;
  private static Caller caller;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    network = FaultProxy.to(provider.port());
    gateway = plan(folder).settings(ALIASES + ClientSettings.PATIENT.replace("1\n", "3\n")).start();
    caller = new Caller(gateway.url());
    caller.warmUp();
  }

  private static RunningGateway.Plan plan(Path where) {
    return RunningGateway.in(where)
        .providersAt(provider.url())
        .with("OPENAI_BASE_URL", network.url() + "/v1")
        .with("REQUEST_TIMEOUT", "1");
  }

  @AfterEach
  void heal() {
    network.set(new FaultProxy.Fault.None());
  }

  @AfterAll
  static void stop() {
    caller.close();
    gateway.close();
    network.close();
    provider.close();
  }

  @ParameterizedTest
  @CsvSource({
    "limited,false",
    "failing,false",
    "overloaded,false",
    "unauthorised,false",
    "hanging,false",
    "gone,false",
    "gone,true",
    "limited,true",
    "failing,true",
    "overloaded,true",
    "unauthorised,true",
    "hanging,true"
  })
  void theFallbackAnswersWhenTheTargetFails(String alias, boolean stream) {
    Caller.Reply reply = caller.call(alias, stream);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("x-serai-provider")).isIn("anthropic", "ollama");
    assertThat(reply.header("x-serai-model")).isEqualTo("text");
    assertThat(reply.header("x-serai-attempts")).isEqualTo("2");
    assertThat(stream ? reply.streamed() : reply.content()).isEqualTo(ClientSettings.HELLO);
    assertThat(!stream || reply.isFinished()).isTrue();
  }

  @Test
  void aReplyThatBreaksOffBeforeItIsForwardedIsAskedForElsewhere() {
    Caller.Reply reply = caller.chat("breaking");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("x-serai-provider")).isEqualTo("anthropic");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRequestThatTheProviderRefusesGoesToNoOther(boolean stream) {
    Caller.Reply reply = caller.call("refused", stream);
    assertThat(reply.status()).isEqualTo(400);
    Plain.error(reply);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRefusedConnectionCostsLessThanASecond(boolean stream) {
    caller.chat("steady");
    network.set(new FaultProxy.Fault.Refuse());
    OneOfThree.takesLessThan(
        Duration.ofSeconds(1),
        run -> {
          Caller.Reply reply = caller.call("steady", stream);
          assertThat(reply.status()).as(reply.body()).isEqualTo(200);
          assertThat(reply.header("x-serai-provider")).isEqualTo("anthropic");
          return reply.took();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"failing", "breaking"})
  void atMostFiveCallsReachADeadProvider(String alias) {
    try (RunningGateway guarded = plan(own).settings(ALIASES).start();
        Caller many = new Caller(guarded.url())) {
      provider.forget();
      long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
      for (int i = 0; i < 60 && System.nanoTime() < end; i++) {
        Caller.Reply reply = many.chat(alias);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.header("x-serai-provider")).isEqualTo("anthropic");
      }
      String model = alias.equals("failing") ? "error-500" : "fin-mid-stream";
      assertThat(provider.received(model)).hasSizeBetween(1, 5);
    }
  }

  @Test
  void aModelThatFailsDoesNotStopTheOthersOfItsProvider() {
    try (RunningGateway guarded = plan(own).settings(ALIASES).start();
        Caller many = new Caller(guarded.url())) {
      for (int i = 0; i < 10; i++) {
        many.chat("failing");
      }
      JsonNode openai = openai(many);
      assertThat(openai.at("/model_breakers/error-500").asText()).isEqualTo("open");
      assertThat(openai.path("breaker").asText()).isEqualTo("closed");
      assertThat(openai.path("state").asText()).isEqualTo("degraded");
      assertThat(many.get("/metrics").body())
          .contains("serai_model_breaker{model=\"error-500\",provider=\"openai\"} 2");
      Caller.Reply other = many.chat("openai/text");
      assertThat(other.status()).as(other.body()).isEqualTo(200);
      assertThat(other.header("x-serai-attempts")).isEqualTo("1");
    }
  }

  @Test
  void aProviderThatIsBackServesCallsWithoutAnotherCandidateBeforeItsBreakerCloses() {
    String slow = "upstream:\n  breaker:\n    open_time: 10m\n    early_probe: 200ms\n";
    try (RunningGateway guarded = plan(own).settings(ALIASES + slow).start();
        Caller many = new Caller(guarded.url())) {
      network.set(new FaultProxy.Fault.Refuse());
      for (int i = 0; i < 10; i++) {
        assertThat(many.chat("openai/text").status()).isGreaterThanOrEqualTo(502);
      }
      assertThat(openai(many).path("breaker").asText()).isEqualTo("open");
      network.set(new FaultProxy.Fault.None());
      Until.holds(
          Duration.ofSeconds(30),
          "a probe reaches the provider",
          () -> many.chat("openai/text").status() == 200);
      assertThat(openai(many).path("breaker").asText()).isEqualTo("closed");
    }
  }

  private static JsonNode openai(Caller caller) {
    for (JsonNode status : caller.get("/v1/providers").json().path("data")) {
      if (status.path("name").asText().equals("openai")) {
        return status;
      }
    }
    throw new AssertionError("no provider openai");
  }
}
