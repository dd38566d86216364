package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five thousand slow streams at a time in a heap of 256 MB. */
@Tag("load")
class ManyStreamsTest {
  private static final int STREAMS = 5_000;
  private static final int EVENTS = 8;

  @TempDir Path folder;
  private final Queue<String> lost = new ConcurrentLinkedQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final Semaphore connecting = new Semaphore(64);

  @Test
  void noEventOfFiveThousandStreamsIsLost() {
    try (CassetteServer provider = CassetteServer.start();
        GatewayProcess gateway =
            GatewayProcess.start(
                folder,
                RunningGateway.in(folder)
                    .providersAt(provider.url())
                    .with("REQUEST_TIMEOUT", "60"))) {
      try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < STREAMS; i++) {
          callers.submit(() -> stream(gateway.port()));
        }
      }
      assertThat(lost.stream().limit(5)).as("%d streams lost something", lost.size()).isEmpty();
      assertThat(most.get()).as("streams at a time").isEqualTo(STREAMS);
      assertThat(gateway.isAlive()).isTrue();
    }
  }

  /** New ones come 64 at a time: each waits for its first event before the next one begins. */
  private void stream(int port) {
    connecting.acquireUninterruptibly();
    Runnable begun = new Once(connecting::release);
    try (Socket socket = new Socket("127.0.0.1", port)) {
      byte[] body = Caller.body("openai/paced-" + EVENTS + "x5000", true).getBytes(UTF_8);
      String head =
          "POST /v1/chat/completions HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"
              + "Content-Type: application/json\r\nContent-Length: "
              + body.length
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(UTF_8));
      socket.getOutputStream().write(body);
      most.accumulateAndGet(open.incrementAndGet(), Math::max);
      check(new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8), 1024), begun);
      open.decrementAndGet();
    } catch (IOException e) {
      lost.add(e.toString());
    } finally {
      begun.run();
    }
  }

  /** Every number comes, in order, and then the end. */
  private void check(BufferedReader in, Runnable begun) throws IOException {
    String head = in.readLine();
    int next = 0;
    boolean done = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.contains("\"content\":\"" + next + " \"")) {
        next++;
        begun.run();
      }
      done |= line.equals("data: [DONE]");
    }
    if (next != EVENTS || !done) {
      lost.add(head + ", " + next + " events, the end: " + done);
    }
  }

  /** Runs something the first time. Of one thread. */
  private static final class Once implements Runnable {
    private final Runnable what;
    private boolean done;

    Once(Runnable what) {
      this.what = what;
    }

    @Override
    public void run() {
      if (!done) {
        done = true;
        what.run();
      }
    }
  }
}
