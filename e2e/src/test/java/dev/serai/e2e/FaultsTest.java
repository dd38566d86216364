package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.FaultProxy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller sees when a provider or the network breaks, whole and streamed. */
class FaultsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

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
            .with("LOG_LEVEL", "trace")
            .settings(ClientSettings.PATIENT)
            .start();
    caller = new Caller(gateway.url());
  }

  @AfterEach
  void heal() {
    network.set(new FaultProxy.Fault.None());
    network.cut();
    provider.forget();
  }

  /** Also: the providers' key was seen nowhere, whatever broke, and no prompt. */
  @AfterAll
  static void stop() {
    String metrics = caller.get("/metrics").body();
    caller.close();
    gateway.close();
    network.close();
    provider.close();
    assertThat(metrics).doesNotContain(RunningGateway.CANARY);
    assertThat(gateway.log())
        .contains("\"debug\"")
        .doesNotContain(RunningGateway.CANARY, "\"Hello\"", "\\\"Hello\\\"");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRefusedConnectionIsReportedWithinASecond(boolean stream) {
    network.set(new FaultProxy.Fault.Refuse());
    OneOfThree.takesLessThan(
        Duration.ofSeconds(1),
        run -> {
          Caller.Reply reply = caller.call("openai/text", stream);
          assertThat(reply.status()).isEqualTo(502);
          Plain.error(reply);
          return reply.took();
        });
  }

  @ParameterizedTest
  @CsvSource({
    "openai,fin-mid-stream", "anthropic,fin-mid-stream", "ollama,fin-mid-stream",
        "bedrock,fin-mid-stream",
    "openai,rst-mid-stream", "anthropic,rst-mid-stream", "ollama,rst-mid-stream",
        "bedrock,rst-mid-stream",
    "openai,no-last-word", "anthropic,no-last-word", "ollama,no-last-word", "bedrock,no-last-word",
    "openai,error-after-200", "anthropic,error-after-200", "ollama,error-after-200",
        "bedrock,error-after-200",
    "openai,garbage-mid-stream", "anthropic,garbage-mid-stream", "ollama,garbage-mid-stream",
        "bedrock,garbage-mid-stream",
    "openai,bad-utf8", "anthropic,bad-utf8", "ollama,bad-utf8", "bedrock,bad-utf8",
    "openai,long-line", "anthropic,long-line", "ollama,long-line", "bedrock,long-line"
  })
  void whatIsNotASoundReplyIsAnErrorAndNeverAnEnd(String p, String trouble) {
    Caller.Reply streamed = caller.stream(p + "/" + trouble);
    Plain.broken(streamed);
    assertThat(streamed.streamed()).startsWith("Hello, wörld");
    Caller.Reply whole = caller.chat(p + "/" + trouble);
    Plain.error(whole);
    assertThat(whole.status()).isIn(500, 502);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "ollama", "bedrock"})
  void aReplyThatComesByteByByteArrivesAsItIs(String p) {
    network.set(new FaultProxy.Fault.ByteByByte());
    Caller.Reply streamed = caller.stream(p + "/byte-by-byte");
    assertThat(streamed.streamed()).isEqualTo(ClientSettings.HELLO);
    assertThat(streamed.isFinished()).isTrue();
    assertThat(caller.chat(p + "/byte-by-byte").content()).isEqualTo(ClientSettings.HELLO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "ollama", "bedrock"})
  void whereverTheConnectionEndsItIsAnError(String p) {
    for (int bytes = 0; bytes < 1000; bytes += 97) {
      network.set(
          bytes % 2 == 0
              ? new FaultProxy.Fault.EndAfter(bytes)
              : new FaultProxy.Fault.ResetAfter(bytes));
      network.cut();
      Caller.Reply streamed = caller.stream(p + "/text");
      if (streamed.isFinished()) {
        assertThat(streamed.streamed()).isEqualTo(ClientSettings.HELLO); // it was all there
      } else {
        Plain.failed(streamed, true);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "openai,false", "anthropic,false", "ollama,false", "bedrock,false",
    "openai,true", "anthropic,true", "ollama,true", "bedrock,true"
  })
  void aCallerThatGoesAwayCancelsTheProvidersRequest(String p, boolean stream) {
    OneOfThree.takesLessThan(
        Duration.ofSeconds(1),
        run -> goneUntilCancelled(p, run + p + (stream ? "--long-stream" : "--hang-before-head")));
  }

  private static Duration goneUntilCancelled(String p, String model) {
    boolean stream = model.endsWith("--long-stream");
    Instant left;
    try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
      byte[] body = Caller.body(p + "/" + model, stream).getBytes(StandardCharsets.UTF_8);
      String head =
          "POST /v1/chat/completions HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
              + "Content-Length: "
              + body.length
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(body);
      Until.holds(PATIENCE, "asked", () -> provider.received(model).size() == 1);
      if (stream) {
        InputStream in = socket.getInputStream();
        assertThat(in.readNBytes(300)).hasSize(300);
      }
      left = Instant.now();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    CompletableFuture<Instant> cancelled = provider.received(model).getFirst().cancelled();
    assertThat(cancelled).succeedsWithin(PATIENCE);
    return Duration.between(left, cancelled.join());
  }
}
