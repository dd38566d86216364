package dev.serai.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.Settings;
import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.time.Ticker;
import dev.serai.gateway.models.ModelLists;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The threads that watch route files, settings files and lists of models: an error that ends their
 * work is reported, the work starts again, and what it was about is done then.
 */
class SupervisionTest {
  private static final Duration SOON = Duration.ofMillis(10);
  private static final String ROUTE =
      """
      - route:
          id: adapter-acme
          from:
            uri: direct:adapter-acme
            steps:
              - to:
                  uri: kamelet:openai-compatible
                  parameters: {provider: acme, baseUrl: "http://127.0.0.1:1/v1", keyName: GROQ_API_KEY}
      """;

  @TempDir Path home;
  private final Queue<String> deaths = new ConcurrentLinkedQueue<>();
  private final BackgroundThreads threads =
      new BackgroundThreads(Ticker.SYSTEM, (thread, _, _) -> deaths.add(thread));
  private volatile boolean broken = true;

  @Test
  void theWatcherOfRouteFiles() throws Exception {
    RoutesUnderTest routes = new RoutesUnderTest(home);
    try {
      routes.folders.start(SOON, threads);
      routes.broken = true;
      routes.write("acme.camel.yaml", ROUTE);
      until(() -> deaths.contains("route-folders"));
      assertThat(threads.failing()).containsExactly("route-folders");
      assertThat(routes.providers.find("acme")).isEmpty();
      routes.broken = false;
      until(() -> routes.providers.find("acme").isPresent());
    } finally {
      routes.close();
    }
  }

  @Test
  void theWatcherOfSettingsFiles() throws Exception {
    Queue<Settings> applied = new ConcurrentLinkedQueue<>();
    SettingsFiles files =
        new SettingsFiles(() -> Settings.files(Map.of(), home), () -> read(home), applied::add);
    BackgroundThread thread = threads.repeat("settings-files", SOON, SOON, _ -> files.poll());
    thread.start();
    Files.writeString(home.resolve("serai.yaml"), "models: {fast: ollama/b}\n");
    until(() -> deaths.contains("settings-files"));
    assertThat(threads.failing()).containsExactly("settings-files");
    broken = false;
    until(() -> !applied.isEmpty());
    thread.stop();
  }

  private Settings read(Path folder) {
    failWhileBroken();
    return Settings.load(Map.of(), folder);
  }

  @Test
  void thePollerOfModelLists() {
    Providers providers = new Providers();
    providers.add(
        new ProviderProfile(
            "acme", "openai", Optional.of("http://a"), Optional.empty(), Set.of(), List.of()));
    ModelLists lists =
        new ModelLists(
            providers,
            _ -> {
              failWhileBroken();
              return Optional.of(CompletableFuture.completedFuture(List.of("m1")));
            },
            InstantSource.system(),
            new ModelLists.Pace(Duration.ofHours(1), () -> 0.5, Ticker.SYSTEM));
    BackgroundThread poller = lists.poller(threads);
    poller.start();
    try {
      until(() -> deaths.contains("model-lists"));
      assertThat(threads.failing()).containsExactly("model-lists");
      broken = false;
      until(() -> lists.of("acme").names().contains("m1"));
    } finally {
      poller.stop();
    }
  }

  private void failWhileBroken() {
    if (broken) {
      throw new LinkageError("a class is missing");
    }
  }

  private static void until(BooleanSupplier holds) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
