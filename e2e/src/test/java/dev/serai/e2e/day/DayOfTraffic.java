package dev.serai.e2e.day;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.core.routing.Strategy;
import dev.serai.core.time.TimeAndRandomness;
import dev.serai.e2e.day.DayProviders.Model;
import dev.serai.gateway.Gateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The traffic of a day, replayed through a gateway of its own for each way to choose the model. The
 * clock of the gateway runs from midnight to midnight while the calls are made.
 */
final class DayOfTraffic {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant MIDNIGHT = Instant.parse("2026-11-21T00:00:00Z");
  private static final long DAY_MILLIS = 86_400_000;
  private static final int CALLERS = 12;
  private static final long SEEDS_OF_A_CALL = 1_000;

  /** A hundredth of the usual times, as the providers have. */
  private static final String TIMES =
      """
      upstream: {breaker: {open_time: 100ms, early_probe: 10ms}}
      retry: {first_wait: 1ms}
      """;

  private static final String BANDIT =
      """
      routing: {bandit: {reward: {success: 0.1, quality: 0.9, speed: 0, cost: %s, high_cost_usd: 0.01}}}
      """;

  private final Path folder;
  private final Path checkout;
  private final int calls;
  private final List<Model> models;

  /** Of the next random number of a repeatable day. */
  private final AtomicLong seed = new AtomicLong();

  /**
   * How a day has gone.
   *
   * @param usd what all calls cost, in US dollars
   * @param quality the share of calls with the right answer
   * @param answered the share of calls with an answer
   */
  record Day(
      String name,
      double usd,
      double quality,
      double answered,
      double medianMillis,
      double p95Millis) {}

  /**
   * @param folder empty, for settings and state
   * @param checkout the project's folder
   */
  DayOfTraffic(Path folder, Path checkout, int calls) {
    this.folder = folder;
    this.checkout = checkout;
    this.calls = calls;
    Path table = checkout.resolve("core/src/test/resources/bandit/models.csv");
    models = DayProviders.models(table);
  }

  /** The settings of each way: every model alone, then every strategy. */
  Map<String, String> ways() {
    Map<String, String> ways = new LinkedHashMap<>();
    models.forEach(
        one -> ways.put(one.name(), "models: {day: {targets: %s/m}}%n".formatted(one.name())));
    for (Strategy strategy : Strategy.values()) {
      if (strategy != Strategy.BANDIT) {
        ways.put(strategy.label(), alias(strategy));
      }
    }
    for (String weight : List.of("0.5", "0.15", "0.05")) {
      ways.put("bandit, cost " + weight, alias(Strategy.BANDIT) + BANDIT.formatted(weight));
    }
    return ways;
  }

  private String alias(Strategy strategy) {
    String all = models.stream().map(one -> one.name() + "/m").collect(Collectors.joining(", "));
    return "models: {day: {targets: [%s], strategy: %s}}%n".formatted(all, strategy.label());
  }

  /** How many models there are alone, which come first. */
  int singles() {
    return models.size();
  }

  /** Runs a day with calls side by side. */
  Day run(String name, String way) throws Exception {
    return run(name, way, CALLERS, TimeAndRandomness.system());
  }

  /** Runs a day with one call after the other, whose random numbers follow from their number. */
  Day repeatable(String name, String way) throws Exception {
    Supplier<RandomGenerator> random = () -> new SplittableRandom(seed.getAndIncrement());
    return run(name, way, 1, TimeAndRandomness.system().withRandom(random));
  }

  private Day run(String name, String way, int callers, TimeAndRandomness sources)
      throws Exception {
    Path home = Files.createDirectories(folder.resolve(name));
    AtomicLong now = new AtomicLong();
    InstantSource clock = () -> MIDNIGHT.plusMillis(now.get());
    try (DayProviders providers = new DayProviders()) {
      providers.serve(models);
      Files.writeString(home.resolve("serai.yaml"), providers.settings(models) + TIMES + way);
      Map<String, String> environment =
          Map.of(
              "SERAI_CONFIG",
              home.resolve("serai.yaml").toString(),
              "SERAI_MODEL_LISTS",
              "false",
              "SERVER_PORT",
              "0",
              "ROUTER_RPS_LIMIT",
              "0",
              "LOG_FILE",
              home.resolve("serai.log").toString(),
              "SERAI_ROUTES",
              Files.createDirectories(home.resolve("serai.d")).toString());
      Gateway gateway =
          Gateway.start(
              Gateway.settings(environment, home), environment, checkout, sources.withClock(clock));
      try {
        return drive(name, gateway, now, providers, callers);
      } finally {
        gateway.close();
      }
    }
  }

  private record Answered(boolean answered, boolean right, double millis) {}

  private Day drive(
      String name, Gateway gateway, AtomicLong now, DayProviders providers, int callers)
      throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Callable<List<Answered>>> loops = new ArrayList<>();
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String url = "http://127.0.0.1:" + gateway.port();
      for (int i = 0; i < callers; i++) {
        loops.add(
            () -> {
              List<Answered> mine = new ArrayList<>();
              for (int n = next.getAndIncrement(); n < calls; n = next.getAndIncrement()) {
                now.accumulateAndGet(DAY_MILLIS * n / calls, Math::max);
                seed.set(n * SEEDS_OF_A_CALL);
                providers.setHour(24.0 * n / calls);
                mine.add(call(http, url, DayTask.of(n, calls)));
              }
              return mine;
            });
      }
      List<Answered> all = new ArrayList<>();
      for (Future<List<Answered>> done : threads.invokeAll(loops)) {
        all.addAll(done.get());
      }
      double[] millis = all.stream().mapToDouble(Answered::millis).sorted().toArray();
      double right = all.stream().filter(Answered::right).count();
      return new Day(
          name,
          cost(http, url),
          right / calls,
          all.stream().filter(Answered::answered).count() / (double) calls,
          millis[calls / 2],
          millis[(int) (calls * 0.95)]);
    }
  }

  private Answered call(HttpClient http, String url, DayTask task)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    HttpResponse<String> reply = post(http, url + "/v1/chat/completions", task.body("day", calls));
    double millis = (System.nanoTime() - start) / 1e6;
    boolean right = reply.statusCode() == 200 && reply.body().contains("\"right\"");
    if (reply.statusCode() == 200) {
      String id = reply.headers().firstValue("x-request-id").orElseThrow();
      String feedback = "{\"request_id\": \"%s\", \"score\": %d}".formatted(id, right ? 1 : 0);
      post(http, url + "/v1/feedback", feedback);
    }
    return new Answered(reply.statusCode() == 200, right, millis);
  }

  private static HttpResponse<String> post(HttpClient http, String url, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("content-type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** What the ledger says. */
  private static double cost(HttpClient http, String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/v1/usage?group_by=model")).build();
    String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    double usd = 0;
    for (JsonNode row : JSON.readTree(body).path("data")) {
      usd += row.path("cost").asDouble();
    }
    return usd;
  }

  /**
   * The lowest cost at which a mixture of the models alone reaches a quality: of two of them, one
   * as good at least and one not. The best one's if none is as good.
   */
  static double costOfSingles(List<Day> singles, double quality) {
    double lowest = Double.POSITIVE_INFINITY;
    for (Day good : singles) {
      if (good.quality >= quality) {
        lowest = Math.min(lowest, good.usd);
        for (Day other : singles) {
          if (other.quality < quality) {
            double share = (quality - other.quality) / (good.quality - other.quality);
            lowest = Math.min(lowest, share * good.usd + (1 - share) * other.usd);
          }
        }
      }
    }
    return lowest;
  }
}
