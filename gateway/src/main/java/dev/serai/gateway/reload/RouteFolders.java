package dev.serai.gateway.reload;

import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.gateway.direct.InlineDirectComponent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches folders of route files and keeps the routes of the Camel context in step with them.
 *
 * <p>Every poll lists the {@code *.camel.yaml} files and compares time and size of each with the
 * version seen last. A new file is loaded, a changed one replaces its routes, a removed one loses
 * them. A file that cannot be loaded is refused: the log has file, line and reason, once for each
 * version, and the routes that it had before keep serving.
 *
 * <p>If several folders have a file of the same name, the last folder wins: an operator's file
 * replaces one of Serai's, and when it is removed, Serai's is loaded again. A missing folder counts
 * as empty. All work is done on one thread, after {@link #start} has done the first poll.
 */
public final class RouteFolders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RouteFolders.class);
  private static final String ADAPTER = "adapter-";
  private static final String ENDING = ".camel.yaml";
  private static final int MAX_FILES = 1000;

  private final List<Path> folders;
  private final RouteLoader loader;
  private final Providers providers;
  private final Map<String, Version> known = new HashMap<>();
  private final Map<String, LoadedFile> serving = new HashMap<>();
  private final ScheduledExecutorService watcher =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("route-folders").factory());

  /** A version of a file that was loaded or refused: where it is, its time and size, its number. */
  private record Version(Path file, long modified, long size, int number) {
    boolean sameAs(Version other) {
      return file.equals(other.file) && modified == other.modified && size == other.size;
    }
  }

  /**
   * @param folders a later one wins over an earlier one
   * @param providers receives a profile for every adapter route without a provider of its own
   */
  public RouteFolders(
      List<Path> folders, CamelContext context, InlineDirectComponent direct, Providers providers) {
    this.folders = List.copyOf(folders);
    this.providers = providers;
    this.loader = new RouteLoader(context, direct);
  }

  /** Loads all files, then polls again whenever {@code pause} has passed. */
  public void start(Duration pause) {
    poll();
    watcher.scheduleWithFixedDelay(
        this::pollSafely, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The number of files whose routes serve now. */
  int files() {
    return serving.size();
  }

  private void pollSafely() {
    try {
      poll();
    } catch (RuntimeException e) { // the top of the thread: the next poll must run
      LOG.error("polling the route folders failed; trying again at the next poll", e);
    }
  }

  private void poll() {
    Map<String, Version> present = new TreeMap<>();
    for (Path folder : folders) {
      list(folder, present);
    }
    for (Map.Entry<String, Version> file : present.entrySet()) {
      Version before = known.get(file.getKey());
      if (before == null || !before.sameAs(file.getValue())) {
        change(file.getKey(), file.getValue(), before == null ? 1 : before.number() + 1);
      }
    }
    Set<String> removed = new HashSet<>(known.keySet());
    removed.removeAll(present.keySet());
    removed.forEach(this::remove);
  }

  private static void list(Path folder, Map<String, Version> into) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.getFileName().toString().endsWith(ENDING))
          .limit(MAX_FILES)
          .forEach(file -> addVersion(file, into));
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("the route folder {} cannot be listed; check its permissions", folder, e);
    }
  }

  private static void addVersion(Path file, Map<String, Version> into) {
    try {
      long modified = Files.getLastModifiedTime(file).toMillis();
      into.put(file.getFileName().toString(), new Version(file, modified, Files.size(file), 0));
    } catch (IOException e) {
      LOG.debug("{} was removed while it was read", file, e);
    }
  }

  private void change(String name, Version seen, int number) {
    Path file = seen.file();
    known.put(name, new Version(file, seen.modified(), seen.size(), number));
    LoadedFile old = serving.get(name);
    try {
      LoadedFile loaded = loader.load(file, number);
      serving.put(name, loaded);
      if (old != null) {
        loader.replace(old, loaded);
        announce(loaded);
        LOG.info("{}: changed, now serves {}", file, loaded.directNames());
      } else {
        announce(loaded);
        LOG.debug("{}: serves {}", file, loaded.directNames());
      }
    } catch (RefusedRoutesException refused) {
      LOG.error(
          "refused {}{}",
          refused.getMessage(),
          old == null ? "" : "; the routes of its last valid version keep serving");
    }
  }

  private void remove(String name) {
    known.remove(name);
    LoadedFile old = serving.remove(name);
    if (old != null) {
      loader.unload(old);
      providersOf(old).forEach(provider -> providers.remove(profile(provider)));
      LOG.info("{}: removed, no longer serves {}", old.path(), old.directNames());
    }
  }

  /** Registers a provider for every adapter route that does not use {@code upstream:}. */
  private void announce(LoadedFile loaded) {
    for (String name : providersOf(loaded)) {
      if (providers.find(name).isEmpty()) {
        providers.add(profile(name));
      }
    }
  }

  private static List<String> providersOf(LoadedFile loaded) {
    return loaded.directNames().stream()
        .filter(name -> name.startsWith(ADAPTER))
        .map(name -> name.substring(ADAPTER.length()))
        .toList();
  }

  private static ProviderProfile profile(String name) {
    return new ProviderProfile(
        name, "route", Optional.empty(), Optional.empty(), Set.of(), List.of());
  }

  /**
   * Loads routes that are generated from the settings, on the thread that loads the files. Blocks.
   *
   * @param name stands for the file in messages
   * @throws RefusedRoutesException if they cannot be loaded
   */
  public void load(String name, String yaml) throws RefusedRoutesException {
    Path file = Path.of(name);
    Future<LoadedFile> loading = watcher.submit(() -> loader.load(file, 1, yaml.lines().toList()));
    try {
      announce(loading.get());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RefusedRoutesException refused
          ? refused
          : new RefusedRoutesException(file, 0, "it cannot be loaded", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedRoutesException(file, 0, "the start was interrupted", e);
    }
  }

  @Override
  public void close() {
    watcher.shutdownNow();
  }
}
