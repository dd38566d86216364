package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.RealtimeProvider;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Realtime sessions: forwarded both ways, metered, and closed with what happened. */
class RealtimeTest {
  private static final String CREATE = "{\"type\":\"response.create\"}";

  @TempDir static Path folder;
  private static RealtimeProvider provider;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    provider = RealtimeProvider.start();
    gateway =
        RunningGateway.in(folder)
            .with("OPENAI_API_KEY", RunningGateway.CANARY)
            .with("OPENAI_BASE_URL", provider.url() + "/v1")
            .with("AZURE_OPENAI_API_KEY", RunningGateway.CANARY)
            .with("AZURE_OPENAI_ENDPOINT", provider.url())
            .settings(
                ClientSettings.PATIENT
                    + """
                    models:
                      voice: {targets: [openai/talks-alias]}
                    """)
            .start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
    provider.close();
  }

  @Test
  void aSessionIsForwardedBothWaysAndMetered() throws Exception {
    String id;
    try (RealtimeSession session =
        RealtimeSession.open(
            gateway,
            "model=openai/talks-metered",
            "Authorization",
            "Bearer a-caller",
            "x-request-id",
            "me")) {
      session.await("session.created");
      session.send(CREATE).await("response.done");
      session.send(CREATE);
      Until.holds(Stage.PATIENCE, "both", () -> session.count("response.done") == 2);
      assertThat(session.count("response.output_audio.delta")).isEqualTo(6);
      session.socket().sendClose(WebSocket.NORMAL_CLOSURE, "bye").get();
      assertThat(session.closed()).isEqualTo("1000 bye");
      Until.holds(Stage.PATIENCE, "closed", () -> provider.closes().contains(1000));
    }
    RealtimeProvider.Handshake asked = asked("/v1/realtime?model=talks-metered");
    assertThat(asked.headers())
        .containsEntry("authorization", "Bearer " + RunningGateway.CANARY)
        .doesNotContainKey("sec-websocket-protocol")
        .doesNotContainValue("Bearer a-caller");
    JsonNode row = row("talks-metered");
    assertThat(row.path("operation").asText()).isEqualTo("realtime");
    assertThat(row.path("outcome").asText()).isEqualTo("answered");
    assertThat(row.path("input_tokens").asLong()).isEqualTo(200);
    assertThat(row.path("output_tokens").asLong()).isEqualTo(100);
    assertThat(row.toString()).contains("\"audio_input_tokens\":40", "\"audio_output_tokens\":80");
    gateway.awaitLogged("\"model\":\"openai/talks-metered\"");
    try (Caller caller = new Caller(gateway.url())) {
      assertThat(caller.get("/metrics").body())
          .contains(
              "llm_tokens_total{kind=\"input\",model=\"talks-metered\",provider=\"openai\"} 200.0");
    }
  }

  @Test
  void aBrowserSendsItsKeyAsASubprotocolAndItIsNotForwarded() throws Exception {
    try (RealtimeSession session =
        RealtimeSession.ofBrowser(
            gateway,
            "model=openai/talks-browser",
            "realtime",
            "openai-insecure-api-key.sk-of-the-page",
            "openai-beta.realtime-v1")) {
      session.await("session.created");
      assertThat(session.socket().getSubprotocol()).isEqualTo("realtime");
    }
    RealtimeProvider.Handshake asked = asked("/v1/realtime?model=talks-browser");
    assertThat(asked.toString()).doesNotContain("sk-of-the-page");
    assertThat(asked.headers()).containsEntry("openai-beta", "realtime=v1");
    assertThat(gateway.log()).doesNotContain("sk-of-the-page");
  }

  @Test
  void anAliasLeadsToItsModelInTheQueryAndInTheSession() throws Exception {
    try (RealtimeSession session = RealtimeSession.open(gateway, "model=voice")) {
      session.send("{\"type\":\"session.update\",\"session\":{\"model\":\"voice\",\"a\":1}}");
      String unchanged = "{\"type\":\"other\",\"session\":{\"model\":\"voice\"}}";
      session.send(unchanged);
      Until.holds(Stage.PATIENCE, "it", () -> provider.events().contains(unchanged));
      assertThat(provider.events())
          .contains(
              "{\"type\":\"session.update\",\"session\":{\"model\":\"talks-alias\",\"a\":1}}");
    }
    asked("/v1/realtime?model=talks-alias");
  }

  @Test
  void anUpdateInFragmentsHasTheModelReplacedWhereverItIsCut() throws Exception {
    try (RealtimeSession session = RealtimeSession.open(gateway, "model=voice")) {
      String update =
          "{\"type\":\"session.update\",\"n\":%d,\"session\":{\"model\":\"%s\",\"x\":\"%s\"}}";
      for (int cut = 0; cut < 60; cut++) {
        session.send(update.formatted(cut, "voice", ""), cut);
        String wanted = update.formatted(cut, "talks-alias", "");
        Until.holds(Stage.PATIENCE, "it", () -> provider.events().contains(wanted));
      }
      String large = "x".repeat(300_000);
      session.send(update.formatted(-1, "voice", large));
      String wanted = update.formatted(-1, "talks-alias", large);
      Until.holds(Stage.PATIENCE, "the large one", () -> provider.events().contains(wanted));
      String audio =
          "{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + "voice".repeat(400_000) + "\"}";
      session.send(audio, 600);
      Until.holds(Stage.PATIENCE, "audio", () -> provider.events().contains(audio));
      session.send(update.formatted(-2, "voice", "x".repeat(1_100_000)));
      assertThat(session.await("error")).contains("event_too_large");
      assertThat(session.closed()).startsWith("1009 ");
    }
  }

  @Test
  void azureTakesItsKeyInAHeaderOfItsOwn() throws Exception {
    try (RealtimeSession session = RealtimeSession.open(gateway, "model=azure/talks")) {
      session.await("session.created");
    }
    RealtimeProvider.Handshake asked = asked("/openai/v1/realtime?model=talks");
    assertThat(asked.headers()).containsEntry("api-key", RunningGateway.CANARY);
  }

  @Test
  void aRefusedHandshakeIsAnHttpErrorBeforeTheSession() throws Exception {
    assertThat(refused("model=openai/missing")).isEqualTo("404 model_not_found");
    assertThat(refused("model=openai/unauthorized")).startsWith("502 ");
    assertThat(refused("model=no-such-model")).isEqualTo("404 model_not_found");
    assertThat(refused("model=")).isEqualTo("400 invalid_request");
    assertThat(refused("")).isEqualTo("400 invalid_request");
  }

  @Test
  void aPageOfAnotherSiteIsRefused() throws Exception {
    assertThat(refused("model=openai/talks-page", "Origin", "https://evil.example"))
        .isEqualTo("403 origin_not_allowed");
    assertThat(provider.handshakes()).noneMatch(h -> h.target().endsWith("talks-page"));
  }

  @Test
  void aCloseOfTheProviderIsCarried() throws Exception {
    try (RealtimeSession session = RealtimeSession.open(gateway, "model=openai/closes")) {
      session.send(CREATE);
      assertThat(session.closed()).isEqualTo("4008 enough");
    }
    assertThat(row("closes").path("outcome").asText()).isEqualTo("failed");
  }

  @Test
  void aProviderThatVanishesIsAnErrorEventAndACode() throws Exception {
    try (RealtimeSession session = RealtimeSession.open(gateway, "model=openai/vanishes")) {
      session.send(CREATE);
      assertThat(session.await("error")).contains("ended the realtime session unexpectedly");
      assertThat(session.closed()).startsWith("1011 ");
    }
    assertThat(row("vanishes").path("outcome").asText()).isEqualTo("failed");
  }

  @Test
  void aClientThatGoesEndsTheSessionOfTheProvider() throws Exception {
    RealtimeSession session = RealtimeSession.open(gateway, "model=openai/talks-gone");
    session.send(CREATE).await("response.done");
    session.close();
    Until.holds(Stage.PATIENCE, "closed", () -> provider.closes().contains(1001));
    assertThat(row("talks-gone").path("outcome").asText()).isEqualTo("cancelled");
    assertThat(row("talks-gone").path("input_tokens").asLong()).isEqualTo(100);
  }

  @Test
  void aClientThatDoesNotReadPausesTheProvider() throws Exception {
    try (RawSession slow = new RawSession(gateway.port(), "model=openai/floods")) {
      Until.holds(Stage.PATIENCE, "it floods", () -> provider.flooded() > 100_000);
      long before = provider.flooded();
      for (int same = 0; same < 40; ) {
        LockSupport.parkNanos(5_000_000);
        same = provider.flooded() == before ? same + 1 : 0;
        before = provider.flooded();
        assertThat(before).isLessThan(60_000_000L);
      }
      slow.skip(before + 8_000_000);
      assertThat(provider.flooded()).isGreaterThan(before);
    }
  }

  @Test
  void aShutdownIsAnErrorEventAndACode(@TempDir Path other) throws Exception {
    RunningGateway stopping =
        RunningGateway.in(other)
            .with("OPENAI_API_KEY", RunningGateway.CANARY)
            .with("OPENAI_BASE_URL", provider.url() + "/v1")
            .settings("server: {drain_time: 100ms}\n")
            .start();
    try (RealtimeSession session = RealtimeSession.open(stopping, "model=openai/talks")) {
      session.await("session.created");
      stopping.close();
      assertThat(session.await("error")).contains("shutting_down");
      assertThat(session.closed()).startsWith("1001 ");
      Until.holds(Stage.PATIENCE, "closed", () -> provider.closes().contains(1001));
    }
  }

  @TestFactory
  @Tag("needs-python3")
  Stream<DynamicTest> openAisClientForPythonTalks() throws Exception {
    return Scripts.tests(Scripts.python(gateway, "realtime.py"), List.of("openai"), 2);
  }

  private static RealtimeProvider.Handshake asked(String target) {
    return provider.handshakes().stream()
        .filter(handshake -> handshake.target().equals(target))
        .findFirst()
        .orElseThrow(() -> new AssertionError(target + " is not in " + provider.handshakes()));
  }

  /** The row of a model's only session. */
  private static JsonNode row(String model) {
    try (Caller caller = new Caller(gateway.url())) {
      JsonNode[] found = new JsonNode[1];
      Until.holds(
          Stage.PATIENCE,
          "a row",
          () -> {
            JsonNode rows =
                Caller.parse(caller.get("/v1/usage?model=" + model).body()).path("data");
            found[0] = rows.path(0);
            return !rows.isEmpty();
          });
      return found[0];
    }
  }

  /** The status and the code of the error that a handshake is refused with. */
  private static String refused(String query, String... fields) throws Exception {
    WebSocketHandshakeException refused =
        catchThrowableOfType(
            WebSocketHandshakeException.class, () -> RealtimeSession.open(gateway, query, fields));
    String body = String.valueOf(refused.getResponse().body());
    return refused.getResponse().statusCode() + " " + Caller.parse(body).at("/error/code").asText();
  }
}
