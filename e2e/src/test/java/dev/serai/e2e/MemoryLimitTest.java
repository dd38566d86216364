package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.BulkProvider;
import dev.serai.e2e.provider.CassetteServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three times as many bytes as a gateway with a heap of 256 MB may hold, at once: some calls get
 * 503, none ends the process.
 */
class MemoryLimitTest {
  private static final int MB = 1_000_000;
  private static final int TIMES = Load.of(1, 4);

  /** Of a stream that runs while bytes are refused. */
  private static final int EVENTS = 300;

  /** Forms whose model comes first, and last. */
  private static final String FORM = "/v1/audio/transcriptions";

  private static final String LATE = "/v1/audio/translations";

  /** Its responses are stored, and those of another dialect are translated before. */
  private static final String STORED = "/v1/responses anthropic/m";

  private static final byte[] PIECE = "x".repeat(MB).getBytes(UTF_8);

  private static final Body UNFINISHED = new Body("/v1/chat/completions openai/m", 31);

  @TempDir Path folder;

  @Test
  void tooManyBytesAtOnceAreRefusedAndTheProcessLives() throws Exception {
    try (BulkProvider provider = BulkProvider.start();
        CassetteServer paced = CassetteServer.start();
        GatewayProcess gateway =
            GatewayProcess.start(
                folder,
                RunningGateway.in(folder)
                    .providersAt(provider.url())
                    .with("OLLAMA_BASE_URL", paced.url()));
        ExecutorService streams = Executors.newVirtualThreadPerTaskExecutor();
        Caller caller = new Caller(gateway.url())) {
      String openai = "/v1/chat/completions openai/m";
      String anthropic = "/v1/chat/completions anthropic/m";
      assertSomeServed("small", gateway, List.of(new Body(openai, 0), new Body(anthropic, 0)));
      List<Future<Caller.Reply>> running = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        running.add(streams.submit(() -> caller.stream("ollama/paced-" + EVENTS + "x50")));
      }
      Until.holds(Duration.ofSeconds(20), "they stream", () -> paced.received().size() == 3);
      assertSomeServed("chats", gateway, copies(5, new Body(openai, 30)));
      assertSomeServed("translated chats", gateway, copies(8, new Body(anthropic, 20)));
      for (Future<Caller.Reply> stream : running) {
        assertThat(stream.get().isFinished()).as(stream.get().body()).isTrue();
        assertThat(stream.get().streamed()).endsWith((EVENTS - 2) + " " + (EVENTS - 1) + " ");
      }
      waitUntilNothingIsHeld(caller);
      assertAllServed("forms", gateway, copies(2, new Body(FORM, 90)));
      waitUntilNothingIsHeld(caller);
      assertAllServed("more forms", gateway, copies(4, new Body(FORM, 50)));
      waitUntilNothingIsHeld(caller);
      assertSomeServed("forms whose model is last", gateway, copies(4, new Body(LATE, 50)));
      waitUntilNothingIsHeld(caller);
      unfinishedAtOnce(gateway, copies(7, UNFINISHED));
      waitUntilNothingIsHeld(caller);
      unfinishedInTurn(gateway, copies(7, UNFINISHED));
      waitUntilNothingIsHeld(caller);
      provider.repliesOf(28 * MB);
      assertSomeServed("replies", gateway, copies(10, new Body(openai, 0)));
      waitUntilNothingIsHeld(caller);
      assertSomeServed("translated replies", gateway, copies(10, new Body(anthropic, 0)));
      waitUntilNothingIsHeld(caller);
      for (int i = 0; i < 2; i++) {
        assertSomeServed("stored replies", gateway, copies(10, new Body(STORED, 0)));
        waitUntilNothingIsHeld(caller);
      }
      provider.repliesOf(10);
      assertThat(statuses(gateway, List.of(new Body(LATE, 90), new Body(FORM, 200)), false))
          .as("a form that fits alone, and one over the limit")
          .containsExactly(200, 413);
      assertThat(caller.chat("openai/m").status()).isEqualTo(200);
      waitUntilNothingIsHeld(caller);
      assertThat(gateway.isAlive()).isTrue();
    }
  }

  /**
   * A request with a large body.
   *
   * @param target its path and, for a chat, its model
   */
  private record Body(String target, int megabytes) {
    String path() {
      return target.split(" ")[0];
    }

    boolean isForm() {
      return target.indexOf(' ') < 0;
    }

    String before() {
      return isForm()
          ? (target.equals(FORM) ? MODEL : "")
              + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\n"
          : "{\"model\":\""
              + target.split(" ")[1]
              + (isStored()
                  ? "\",\"input\":\""
                  : "\",\"messages\":[{\"role\":\"user\",\"content\":\"")
              + "Hello ";
    }

    String after() {
      return isForm()
          ? "\r\n" + (target.equals(LATE) ? MODEL : "") + "--b--\r\n"
          : isStored() ? "\"}" : "\"}]}";
    }

    private boolean isStored() {
      return target.equals(STORED);
    }

    String head() {
      return "POST "
          + path()
          + " HTTP/1.1\r\nHost: here\r\nContent-Type: "
          + (isForm() ? "multipart/form-data; boundary=b" : "application/json")
          + "\r\nContent-Length: "
          + (before().length() + (long) megabytes * MB + after().length())
          + "\r\n\r\n";
    }
  }

  private static final String MODEL =
      "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nopenai/whisper\r\n";

  private static List<Body> copies(int count, Body body) {
    List<Body> all = new ArrayList<>();
    for (int i = 0; i < count * TIMES; i++) {
      all.add(body);
    }
    return all;
  }

  private static void assertAllServed(String what, GatewayProcess gateway, List<Body> bodies)
      throws Exception {
    List<Integer> statuses = statuses(gateway, bodies, false);
    Load.figure(what, statuses);
    assertThat(statuses).as("%s: %s", what, gateway.output()).containsOnly(200);
  }

  private static void assertSomeServed(String what, GatewayProcess gateway, List<Body> bodies)
      throws Exception {
    List<Integer> statuses = statuses(gateway, bodies, false);
    Load.figure(what, statuses);
    assertThat(statuses).as("%s: %s", what, gateway.output()).contains(200).isSubsetOf(200, 503);
  }

  /** The bytes of a call are given back shortly after its reply, which a client does not see. */
  private static void waitUntilNothingIsHeld(Caller caller) {
    Until.holds(
        Duration.ofSeconds(20),
        "nothing is held",
        () -> caller.get("/metrics").body().contains("serai_memory_held_bytes 0"));
  }

  /** Bodies whose end never comes: those that arrive at the same time may all be refused. */
  private static void unfinishedAtOnce(GatewayProcess gateway, List<Body> bodies) throws Exception {
    assertThat(statuses(gateway, bodies, true)).isSubsetOf(0, 503).contains(503);
  }

  /** The first ones are held until their clients leave; the others are refused. */
  private static void unfinishedInTurn(GatewayProcess gateway, List<Body> bodies)
      throws IOException {
    List<Socket> clients = new ArrayList<>();
    List<Integer> statuses = new ArrayList<>();
    try {
      for (Body body : bodies) {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        clients.add(client);
        client.setSoTimeout(2_000);
        statuses.add(sent(client, body, true));
      }
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
    assertThat(statuses).isSubsetOf(0, 503).startsWith(0).endsWith(503);
  }

  private static List<Integer> statuses(
      GatewayProcess gateway, List<Body> bodies, boolean unfinished) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> all = new ArrayList<>();
      bodies.forEach(body -> all.add(clients.submit(() -> send(gateway, body, unfinished))));
      for (Future<Integer> one : all) {
        statuses.add(one.get());
      }
    }
    return statuses;
  }

  /** The status of the reply; 0 if there is none. */
  private static int send(GatewayProcess gateway, Body body, boolean unfinished)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setSoTimeout(unfinished ? 2_000 : 60_000);
      return sent(socket, body, unfinished);
    }
  }

  private static int sent(Socket socket, Body body, boolean unfinished) {
    try {
      write(socket.getOutputStream(), body, unfinished);
    } catch (IOException e) {
      return readStatus(socket); // refused before the end of its body
    }
    return readStatus(socket);
  }

  private static void write(OutputStream out, Body body, boolean unfinished) throws IOException {
    out.write(body.head().getBytes(UTF_8));
    out.write(body.before().getBytes(UTF_8));
    for (int i = 0; i < body.megabytes(); i++) {
      out.write(PIECE);
    }
    if (!unfinished) {
      out.write(body.after().getBytes(UTF_8));
    }
  }

  private static int readStatus(Socket socket) {
    try {
      BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      String line = in.readLine();
      if (line == null) {
        return -1;
      }
      char[] rest = new char[64 * 1024];
      socket.setSoTimeout(1_000);
      drain(in, rest);
      return Integer.parseInt(line.split(" ")[1]);
    } catch (IOException e) {
      return 0;
    }
  }

  /** Reads until nothing more comes, so that the reply leaves the gateway. */
  private static void drain(BufferedReader in, char[] rest) {
    try {
      while (in.read(rest) >= 0) {
        continue;
      }
    } catch (IOException e) {
      return; // the connection stays open after the reply
    }
  }
}
