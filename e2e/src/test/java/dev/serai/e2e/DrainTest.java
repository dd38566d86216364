package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stop under load: running calls end as they should, or with an error that says why. */
class DrainTest {
  private static final int STREAMS = 40;

  @TempDir Path folder;

  @Test
  void runningCallsFinishAndTheProcessEnds() throws Exception {
    try (CassetteServer provider = CassetteServer.start();
        GatewayProcess gateway =
            GatewayProcess.start(folder, RunningGateway.in(folder).providersAt(provider.url()));
        Caller caller = new Caller(gateway.url());
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Caller.Reply>> replies = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        String p = List.of("openai", "anthropic", "ollama").get(i % 3);
        replies.add(callers.submit(() -> caller.stream(p + "/paced-60x50")));
      }
      Until.holds(
          Duration.ofSeconds(20),
          "all asked",
          () -> provider.received().size() == STREAMS || replies.stream().anyMatch(Future::isDone));
      gateway.terminate();
      for (Future<Caller.Reply> reply : replies) {
        assertThat(reply.get().isFinished()).as(reply.get().body()).isTrue();
        assertThat(reply.get().streamed()).endsWith("58 59 ");
      }
      // 143 is what a JVM says of SIGTERM: 128 and the signal's number.
      assertThat(gateway.awaitEnd(Duration.ofSeconds(30))).isIn(0, 143);
    }
  }

  @Test
  void callsThatDoNotFinishReceiveTheReasonAndTheLedgerHasIt() throws Exception {
    String model = "openai/hang-mid-stream";
    String said = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    String stream = "{\"model\":\"" + model + "\",\"stream\":true,\"max_tokens\":9,";
    Map<String, String> requests =
        Map.of(
            "/v1/chat/completions", stream + said,
            "/v1/messages", stream + said,
            "/v1/responses", "{\"model\":\"" + model + "\",\"stream\":true,\"input\":\"Hello\"}",
            "/api/chat", "{\"model\":\"" + model + "\"," + said,
            "/v1/chat/completions?whole", Caller.body("openai/hang-before-head", false));
    try (CassetteServer provider = CassetteServer.start();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Caller.Reply>> replies = new ArrayList<>();
      RunningGateway gateway = draining(provider);
      try (gateway;
          Caller caller = new Caller(gateway.url())) {
        requests.forEach(
            (path, body) -> replies.add(callers.submit(() -> caller.post(path, body))));
        Until.holds(
            Duration.ofSeconds(20),
            "all asked",
            () -> provider.received().size() == requests.size());
        gateway.close();
        for (Future<Caller.Reply> reply : replies) {
          assertThat(reply.get().body()).contains("The gateway is shutting down.");
        }
      }
      try (RunningGateway next = draining(provider);
          Caller caller = new Caller(next.url())) {
        for (Future<Caller.Reply> reply : replies) {
          String usage = caller.get("/v1/usage/" + reply.get().header("x-request-id")).body();
          assertThat(usage).contains("\"failed\"", "shutting_down").doesNotContain("cancelled");
        }
      }
    }
  }

  /** Provider and client speak the same, so that bytes are forwarded, but only whole events. */
  @Test
  void aForwardedStreamEndsBehindItsLastWholeEventWithAnErrorOfItsSurface() throws Exception {
    String hello = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    String contents = "{\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]}";
    String openai = "{\"model\":\"openai/hang-mid-event\",\"stream\":true,";
    String gemini = "/v1beta/models/gemini%2Fhang-mid-event:streamGenerateContent";
    List<Forwarded> calls =
        List.of(
            new Forwarded("/v1/chat/completions", openai + hello, "/error/message"),
            new Forwarded("/v1/completions", openai + "\"prompt\":\"Hello\"}", "/error/message"),
            new Forwarded(
                "/v1/responses", openai + "\"input\":\"Hello\"}", "/response/error/message"),
            new Forwarded(
                "/v1/images/generations", openai + "\"prompt\":\"Hello\"}", "/error/message"),
            new Forwarded(
                "/v1/messages",
                "{\"model\":\"anthropic/hang-mid-event\",\"stream\":true,\"max_tokens\":9," + hello,
                "/error/message"),
            new Forwarded("/api/chat", "{\"model\":\"ollama/hang-mid-event\"," + hello, "/error"),
            new Forwarded(gemini + "?alt=sse", contents, "/error/message"),
            new Forwarded(gemini, contents, "/error/message"));
    try (CassetteServer provider = CassetteServer.start();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Caller.Reply>> replies = new ArrayList<>();
      RunningGateway gateway = draining(provider);
      try (gateway;
          Caller caller = new Caller(gateway.url())) {
        calls.forEach(call -> replies.add(callers.submit(() -> caller.post(call.path, call.body))));
        Until.holds(
            Duration.ofSeconds(20),
            "all stream",
            () -> metric(caller, "serai_streams") == calls.size());
        gateway.close();
        for (int i = 0; i < calls.size(); i++) {
          endsWithAnError(calls.get(i), replies.get(i).get());
        }
      }
      try (RunningGateway next = draining(provider);
          Caller caller = new Caller(next.url())) {
        for (Future<Caller.Reply> reply : replies) {
          String usage = caller.get("/v1/usage/" + reply.get().header("x-request-id")).body();
          assertThat(usage).contains("\"failed\"", "shutting_down").doesNotContain("cancelled");
        }
      }
    }
  }

  /**
   * A call whose reply is forwarded as it is.
   *
   * @param message where the message of an error is in an event
   */
  private record Forwarded(String path, String body, String message) {}

  private static void endsWithAnError(Forwarded call, Caller.Reply reply) {
    String body = reply.body();
    List<JsonNode> events = new ArrayList<>();
    if (body.startsWith("[")) {
      reply.json().forEach(events::add);
    } else if (call.path.startsWith("/api/")) {
      body.lines().forEach(line -> events.add(Caller.parse(line)));
    } else {
      reply.events().forEach(event -> events.add(Caller.parse(event)));
      assertThat(body.replace("\r", "")).endsWith("\n\n");
    }
    assertThat(events).as(call.path).hasSizeGreaterThan(1);
    assertThat(events.removeLast().at(call.message).asText())
        .as(call.path + ": " + body)
        .isEqualTo("The gateway is shutting down.");
    assertThat(events).as(call.path).noneMatch(event -> event.hasNonNull("error"));
  }

  @Test
  void aGatewayThatDrainsIsNotReadyWhileItsPortIsOpen() throws Exception {
    try (CassetteServer provider = CassetteServer.start();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
        RunningGateway gateway = draining(provider);
        Caller caller = new Caller(gateway.url())) {
      Future<Caller.Reply> running = callers.submit(() -> caller.stream("openai/hang-mid-stream"));
      Until.holds(Duration.ofSeconds(20), "it streams", () -> metric(caller, "serai_streams") == 1);
      assertThat(caller.get("/health/ready").status()).isEqualTo(200);
      Future<?> closed = callers.submit(gateway::close);
      Until.holds(
          Duration.ofSeconds(20), "not ready", () -> caller.get("/health/ready").status() == 503);
      assertThat(running).as("the port is open for it").isNotDone();
      assertThat(caller.get("/health/live").status()).isEqualTo(200);
      assertThat(running.get().body()).contains("The gateway is shutting down.");
      closed.get();
    }
  }

  @Test
  void callsAreTakenDuringTheGraceAlthoughItIsNotReady() throws Exception {
    try (CassetteServer provider = CassetteServer.start();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
        RunningGateway gateway = draining(provider, "drain_time: 1s, drain_grace: 4s");
        Caller caller = new Caller(gateway.url())) {
      assertThat(caller.chat("openai/text").status()).isEqualTo(200);
      Future<?> closed = callers.submit(gateway::close);
      Until.holds(
          Duration.ofSeconds(20), "not ready", () -> caller.get("/health/ready").status() == 503);
      try (Caller late = new Caller(gateway.url())) {
        Caller.Reply reply = late.chat("openai/text");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      }
      assertThat(closed).as("the grace").isNotDone();
      closed.get();
    }
  }

  private static double metric(Caller caller, String name) {
    return caller
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private RunningGateway draining(CassetteServer provider) {
    return draining(provider, "drain_time: 1s");
  }

  private RunningGateway draining(CassetteServer provider, String server) {
    return RunningGateway.in(folder)
        .providersAt(provider.url())
        .settings("server: {" + server + "}\n")
        .start();
  }
}
