package dev.serai.e2e.day;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Providers of models over HTTP, each with latencies, failures, a prompt cache and prices of its
 * own. How often a model is right about a kind of work is what LLMRouterBench has measured, and
 * whether it is right about a task is drawn from the number of the task, so that each strategy
 * meets the same world. Thread-safe.
 */
final class DayProviders implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int THOUSAND = 1_000;

  /** The most conversations whose beginning a provider keeps. */
  private static final int CACHED = 400;

  private final HttpServer server;
  private final Map<String, Model> served = new ConcurrentHashMap<>();
  private final Set<String> cached = ConcurrentHashMap.newKeySet();
  private volatile double hour;

  /**
   * A model of its own provider.
   *
   * @param accuracy in percent, of each {@link DayTask.Kind}
   * @param usdPerMillion of a token of the response; one of the prompt costs a fifth, and one that
   *     is cached a fiftieth
   * @param millis of a median response; what is a second for a provider is 10 ms here
   * @param failing of 1,000 calls
   * @param downFrom the hour at which nothing is answered for an hour and a half
   */
  record Model(
      String name,
      double[] accuracy,
      double usdPerMillion,
      int millis,
      int failing,
      double downFrom) {}

  DayProviders() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * Five of the models that were measured.
   *
   * @param table {@code bandit/models.csv}
   */
  static List<Model> models(Path table) {
    List<double[]> rows = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(table)) {
        if (!line.startsWith("#")) {
          rows.add(Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(
        model("large", rows.get(7), 26, 3, -9),
        model("solid", rows.get(12), 18, 8, 14),
        model("coder", rows.get(1), 12, 15, -9),
        model("small", rows.get(11), 6, 10, 9.5),
        model("nano", rows.get(2), 3, 40, -9));
  }

  private static Model model(String name, double[] row, int millis, int failing, double down) {
    double[] accuracy = new double[DayTask.Kind.values().length];
    for (DayTask.Kind kind : DayTask.Kind.values()) {
      accuracy[kind.ordinal()] = row[kind.column];
    }
    return new Model(name, accuracy, row[row.length - 1] / 20, millis, failing, down);
  }

  /** The section of providers in the settings. */
  String settings(List<Model> models) {
    StringBuilder out = new StringBuilder("providers:\n");
    for (Model one : models) {
      out.append(
          "  %s: {kind: openai-compatible, base_url: \"http://127.0.0.1:%d/%s/v1\", api_key: none, models: [{name: m, cost_per_input: %.4f, cost_per_output: %.4f, cost_per_cached_input: %.5f}]}%n"
              .formatted(
                  one.name,
                  server.getAddress().getPort(),
                  one.name,
                  one.usdPerMillion / 5,
                  one.usdPerMillion,
                  one.usdPerMillion / 50));
    }
    return out.toString();
  }

  /** Serves these models. */
  void serve(List<Model> models) {
    models.forEach(one -> served.put(one.name, one));
  }

  /** It is so late, in hours. */
  void setHour(double now) {
    hour = now;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
      String path = exchange.getRequestURI().getPath();
      Model model = served.get(path.substring(1, path.indexOf('/', 1)));
      DayTask task =
          DayTask.of(request.path("messages").path(last(request)).path("content").asText());
      SplittableRandom chance = new SplittableRandom(31L * task.number() + model.name.hashCode());
      boolean down = hour >= model.downFrom && hour < model.downFrom + 1.5;
      boolean fails = chance.nextInt(THOUSAND) < model.failing;
      double slow = Math.exp(0.5 * chance.nextGaussian());
      if (down || fails) {
        send(exchange, 503, "{\"error\":{\"message\":\"overloaded\"}}");
        return;
      }
      LockSupport.parkNanos((long) (model.millis * slow * 1_000_000));
      boolean right = chance.nextInt(THOUSAND) < 10 * model.accuracy[task.kind().ordinal()];
      send(exchange, 200, response(model, task, request, right));
    }
  }

  private static int last(JsonNode request) {
    return request.path("messages").size() - 1;
  }

  private String response(Model model, DayTask task, JsonNode request, boolean right) {
    int prompt = request.path("messages").toString().length() / 4;
    String conversation = model.name + " " + task.conversation();
    int warm = 0;
    if (task.conversation() >= 0 && prompt > 1_024) {
      warm = cached.contains(conversation) ? prompt * 9 / 10 : 0;
      if (cached.size() < CACHED) {
        cached.add(conversation);
      }
    }
    return """
    {"id": "c-%d", "object": "chat.completion", "created": 1, "model": "m", "choices": [{"index": 0, "finish_reason": "stop",
      "message": {"role": "assistant", "content": "%s"}}],
      "usage": {"prompt_tokens": %d, "completion_tokens": %d, "total_tokens": %d, "prompt_tokens_details": {"cached_tokens": %d}}}
    """
        .formatted(
            task.number(),
            right ? "right" : "wrong",
            prompt,
            task.outputTokens(),
            prompt + task.outputTokens(),
            warm);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
