package dev.serai.adapters.dialects.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.core.dialect.Destination;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/**
 * Measures the hot path in nanoseconds: run {@code main} by hand. Prints the CPU time of the best
 * of many short rounds, since a busy machine only adds to it.
 */
public final class HotPathBench {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int ROUNDS = 2_000;
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private HotPathBench() {}

  public static void main(String[] args) {
    for (int tokens : new int[] {1, 16}) {
      byte[] piece = events(tokens);
      report(
          tokens + " event(s) of " + piece.length / tokens + " bytes in a piece, per event",
          4_000 / tokens,
          tokens,
          () -> relay(piece));
    }
    for (int size : new int[] {1_000, 20_000}) {
      byte[] plain = request("The quick brown fox jumps over it. ".repeat(size / 35));
      byte[] lines = request("A line of text that is a prompt.\\n".repeat(size / 34));
      byte[] wide = request("Широкая ".repeat(size / 15));
      report("request of " + plain.length + " bytes, plain", 100, 1, () -> splice(plain));
      report("request of " + lines.length + " bytes, lines", 100, 1, () -> splice(lines));
      report("request of " + wide.length + " bytes, Cyrillic", 100, 1, () -> splice(wide));
      report("request of " + plain.length + " bytes, plain, as a tree", 100, 1, () -> tree(plain));
      report("request of " + lines.length + " bytes, lines, as a tree", 100, 1, () -> tree(lines));
    }
    byte[] response =
        ("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1760000000,\"model\":"
                + "\"gpt-4.1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + "\"content\":\""
                + "word ".repeat(150)
                + "\"},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":12,\"total_tokens\":21}}")
            .getBytes(UTF_8);
    OpenAiDialect dialect = new OpenAiDialect();
    report(
        "usage of an answer of " + response.length + " bytes",
        1_000,
        1,
        () -> dialect.readUsage(response, TARGET).get().input());
  }

  private static final Destination TARGET = RequestSplicerTest.target("gpt-4.1-mini");

  private static byte[] events(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(
          "data: {\"id\":\"chatcmpl-AzX1AbCdEfGh\",\"object\":\"chat.completion.chunk\","
              + "\"created\":1760000000,\"model\":\"gpt-4.1-mini-2025-04-14\",\"choices\":[{"
              + "\"index\":0,\"delta\":{\"content\":\" token"
              + i % 10
              + "\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n");
    }
    return text.toString().getBytes(UTF_8);
  }

  private static byte[] request(String prompt) {
    return ("{\"model\":\"fast\",\"messages\":[{\"role\":\"system\",\"content\":\"You help.\"},"
            + "{\"role\":\"user\",\"content\":\""
            + prompt
            + "\"}],\"stream\":true,\"temperature\":0.2}")
        .getBytes(UTF_8);
  }

  private static final StreamRelay READER = new StreamRelay(TARGET, false, false, () -> 1);
  private static long seen;

  private static long relay(byte[] piece) {
    READER.read(piece, event -> seen += event.carriesToken() ? 1 : 0);
    return seen;
  }

  private static long splice(byte[] body) {
    return new RequestSplicer(RequestReader.read(body), TARGET).write().length;
  }

  /** The same as {@link #splice}, by Jackson's tree, for comparison. */
  private static long tree(byte[] body) {
    try {
      ObjectNode request = (ObjectNode) MAPPER.readTree(body);
      request.put("model", "gpt-4.1-mini");
      return MAPPER.writeValueAsBytes(request).length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void report(String what, int repeats, int per, LongSupplier work) {
    double best = Double.MAX_VALUE;
    long sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = CPU.getCurrentThreadCpuTime();
      for (int i = 0; i < repeats; i++) {
        sum += work.getAsLong();
      }
      long spent = CPU.getCurrentThreadCpuTime() - start;
      best = Math.min(best, spent / (double) repeats / per);
    }
    System.out.printf("%-55s %8.1f ns%s%n", what, best, sum == 42 ? "." : "");
  }
}
