package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.FaultProxy;
import dev.serai.e2e.provider.Received;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller sees of a provider that keeps its connection and says nothing, or no more. */
class SilenceTest {
  private static final String HURRIED =
      """
        deadlines:
          idle: 500ms
          stall: 500ms
      models:
        hanging:
          targets: [openai/hang-mid-stream]
          fallbacks: [anthropic/text]
          deadlines: {first_token: 30s}
        stalling:
          targets: [ollama/hang-mid-stream]
          fallbacks: [anthropic/text]
          deadlines: {first_token: 30s}
        unhurried: {targets: [openai/paced-2x1500], deadlines: {first_token: 30s}}
      """;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration FIRST_TOKEN = Duration.ofSeconds(1);

  /** The clock of the deadline begins a little after that of the caller, or is coarser. */
  private static final Duration SOONER = Duration.ofMillis(250);

  @TempDir static Path folder;
  private static CassetteServer provider;
  private static FaultProxy network;
  private static RunningGateway gateway;
  private static Caller caller;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    network = FaultProxy.to(provider.port());
    gateway =
        RunningGateway.in(folder)
            .providersAt(network.url())
            .with("REQUEST_TIMEOUT", "1")
            .settings(ClientSettings.PATIENT.replace("1\n", "2\n") + HURRIED)
            .start();
    caller = new Caller(gateway.url());
    caller.warmUp();
    provider.forget();
  }

  @AfterEach
  void heal() {
    network.set(new FaultProxy.Fault.None());
    network.cut();
    provider.forget();
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
    "openai,false", "anthropic,false", "ollama,false", "bedrock,false",
    "openai,true", "anthropic,true", "ollama,true", "bedrock,true"
  })
  void aProviderThatSaysNothingIsLeftWhenItsTimeIsOver(String p, boolean stream) {
    String model = stream ? "hang-first-token" : "hang-before-head";
    Caller.Reply reply = caller.call(p + "/" + model, stream);
    assertThat(reply.status()).as(reply.body()).isEqualTo(504);
    Plain.error(reply);
    List<Received> calls = provider.received(model);
    assertThat(calls).hasSize(1);
    assertThat(calls.getFirst().cancelled()).succeedsWithin(PATIENCE);
    assertThat(reply.took()).isGreaterThan(FIRST_TOKEN.minus(SOONER));
    String failed = "request " + reply.header("x-request-id") + ": attempt 1 at provider " + p;
    Until.holds(
        PATIENCE,
        "it is left at that deadline and at no other",
        () ->
            gateway
                .log()
                .lines()
                .anyMatch(
                    line ->
                        line.contains(failed)
                            && line.contains("the deadline first_token has passed")));
  }

  @Test
  void aNetworkThatTakesAllAndGivesNothingIsATimeout() {
    network.set(new FaultProxy.Fault.Hang());
    Caller.Reply reply = caller.chat("openai/text");
    assertThat(reply.status()).isEqualTo(504);
    Plain.error(reply);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hanging", "stalling"})
  void aNonStreamingReplyThatStopsMidwayIsAskedForElsewhere(String alias) {
    Caller.Reply reply = caller.chat(alias);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.content()).isEqualTo(ClientSettings.HELLO);
    assertThat(reply.header("x-serai-provider")).isEqualTo("anthropic");
    assertThat(reply.header("x-serai-attempts")).isEqualTo("2");
    assertThat(provider.received().getFirst().cancelled()).succeedsWithin(PATIENCE);
  }

  @Test
  void anAliasGivesItsModelsMoreTime() {
    assertThat(caller.chat("openai/paced-2x1500").status()).isEqualTo(504);
    Caller.Reply reply = caller.chat("unhurried");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  @Test
  void aStreamThatStopsMidwayEndsWithAnErrorAndIsNotTriedAgain() {
    Caller.Reply reply = caller.stream("hanging");
    Plain.broken(reply);
    assertThat(reply.streamed()).isEqualTo("Hello, wörld");
    assertThat(provider.received()).hasSize(1);
    assertThat(provider.received().getFirst().cancelled()).succeedsWithin(PATIENCE);
  }
}
