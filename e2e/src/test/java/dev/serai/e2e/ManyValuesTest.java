package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests whose JSON has very many small values, which take a multiple of its length as objects.
 */
@Tag("load")
class ManyValuesTest {
  private static final int MB = 1024 * 1024;
  private static final int CLIENTS = 6;

  private static final List<Shape> SHAPES =
      List.of(
          new Shape("/api/chat", "'stream':false,'messages':[", "{'role':'user','content':'a'}"),
          new Shape("/v1/messages", "'max_tokens':5,'messages':[", "{'role':'user','content':'a'}"),
          new Shape("/v1/responses", "'input':[", "{'role':'user','content':'a'}"),
          new Shape(
              "/v1/chat/completions",
              "'messages':[{'role':'user','content':'a'}],'tools':[",
              "{'type':'function','function':{'name':'f','parameters':{'type':'object'}}}"));

  @TempDir Path folder;

  /** What is sent: the path, the members before the list, and what the list repeats. */
  private record Shape(String path, String before, String item) {
    String body(int bytes) {
      String model = path.equals("/v1/chat/completions") ? "anthropic/text" : "openai/text";
      StringBuilder body = new StringBuilder("{'model':'" + model + "'," + before + item);
      while (body.length() < bytes) {
        body.append(',').append(item);
      }
      return body.append("]}").toString().replace('\'', '"');
    }
  }

  @Test
  void theyAreServedOrRefusedAndTheProcessLives() throws Exception {
    try (CassetteServer provider = CassetteServer.start();
        GatewayProcess gateway =
            GatewayProcess.start(folder, RunningGateway.in(folder).providersAt(provider.url()));
        Caller caller = new Caller(gateway.url())) {
      for (Shape shape : SHAPES) {
        assertThat(statuses(caller, shape, MB, 1)).as("1 MB at %s", shape.path()).containsOnly(200);
        assertThat(statuses(caller, shape, 2 * MB, CLIENTS))
            .as("2 MB from each client at %s: %s", shape.path(), gateway.output())
            .isSubsetOf(200, 503)
            .contains(200);
        assertThat(statuses(caller, shape, 16 * MB, CLIENTS))
            .as("16 MB from each client at %s: %s", shape.path(), gateway.output())
            .isSubsetOf(413, 503);
      }
      assertThat(caller.chat("openai/text").status()).isEqualTo(200);
      assertThat(gateway.isAlive()).isTrue();
    }
  }

  private static List<Integer> statuses(Caller caller, Shape shape, int bytes, int clients)
      throws Exception {
    byte[] body = shape.body(bytes).getBytes(UTF_8);
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Caller.Reply>> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        all.add(threads.submit(() -> caller.post(shape.path(), body)));
      }
      for (Future<Caller.Reply> one : all) {
        statuses.add(one.get().status());
      }
    }
    Load.figure(shape.path() + " " + bytes / MB + " MB", statuses);
    return statuses;
  }
}
