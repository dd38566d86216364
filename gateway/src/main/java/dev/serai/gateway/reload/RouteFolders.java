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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the context's routes as the files of some folders say: a new, changed or removed {@code
 * *.camel.yaml} is noticed at the next look. A file that cannot be loaded is refused with its place
 * and reason, once for each edition, and what ran before it keeps running. Of files of one name the
 * one in the last folder counts: an operator's takes the place of one that Serai brings, and gives
 * it back when it goes. A folder that is not there yet counts as empty. All work is done on one
 * thread of its own.
 */
public final class RouteFolders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RouteFolders.class);
  private static final String ADAPTER = "adapter-";
  private static final String ENDING = ".camel.yaml";
  private static final int MOST_FILES = 1000;

  private final List<Path> folders;
  private final RouteLoader loader;
  private final Providers providers;
  private final Map<String, Edition> known = new HashMap<>();
  private final Map<String, LoadedFile> serving = new HashMap<>();
  private final ScheduledExecutorService watcher =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("route-folders").factory());

  /** What a file looked like when it was last loaded or refused, and how often that happened. */
  private record Edition(Path file, long modified, long size, int number) {
    boolean sameAs(Edition other) {
      return file.equals(other.file) && modified == other.modified && size == other.size;
    }
  }

  /**
   * @param folders the later wins over the earlier
   * @param providers learns of every adapter route that does not declare a provider itself
   */
  public RouteFolders(
      List<Path> folders, CamelContext context, InlineDirectComponent direct, Providers providers) {
    this.folders = List.copyOf(folders);
    this.providers = providers;
    this.loader = new RouteLoader(context, direct);
  }

  /** Loads what is there, then looks again each time {@code pause} has passed. */
  public void start(Duration pause) {
    look();
    watcher.scheduleWithFixedDelay(
        this::lookSafely, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The files whose routes serve now. */
  int files() {
    return serving.size();
  }

  private void lookSafely() {
    try {
      look();
    } catch (RuntimeException e) { // the edge of the thread: one bad look must not be the last
      LOG.error("looking at the route folders failed", e);
    }
  }

  private void look() {
    Map<String, Edition> present = new TreeMap<>();
    for (Path folder : folders) {
      list(folder, present);
    }
    for (Map.Entry<String, Edition> file : present.entrySet()) {
      Edition before = known.get(file.getKey());
      if (before == null || !before.sameAs(file.getValue())) {
        change(file.getKey(), file.getValue(), before == null ? 1 : before.number() + 1);
      }
    }
    Set<String> gone = new HashSet<>(known.keySet());
    gone.removeAll(present.keySet());
    gone.forEach(this::drop);
  }

  private static void list(Path folder, Map<String, Edition> into) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.getFileName().toString().endsWith(ENDING))
          .limit(MOST_FILES)
          .forEach(file -> look(file, into));
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("the route folder {} cannot be listed", folder, e);
    }
  }

  private static void look(Path file, Map<String, Edition> into) {
    try {
      long modified = Files.getLastModifiedTime(file).toMillis();
      into.put(file.getFileName().toString(), new Edition(file, modified, Files.size(file), 0));
    } catch (IOException e) {
      LOG.debug("{} went away while it was looked at", file, e);
    }
  }

  private void change(String name, Edition seen, int number) {
    Path file = seen.file();
    known.put(name, new Edition(file, seen.modified(), seen.size(), number));
    LoadedFile old = serving.get(name);
    try {
      LoadedFile loaded = loader.load(file, number);
      serving.put(name, loaded);
      if (old != null) {
        loader.replace(old, loaded);
        announce(loaded);
        LOG.info("{}: changed, now serving {}", file, loaded.directNames());
      } else {
        announce(loaded);
        LOG.debug("{}: serving {}", file, loaded.directNames());
      }
    } catch (RefusedRoutesException refused) {
      LOG.error(
          "refused {}{}",
          refused.getMessage(),
          old == null ? "" : "; the routes that ran before keep running");
    }
  }

  private void drop(String name) {
    known.remove(name);
    LoadedFile old = serving.remove(name);
    if (old != null) {
      loader.unload(old);
      names(old).forEach(provider -> providers.remove(bare(provider)));
      LOG.info("{}: removed, no longer serving {}", old.path(), old.directNames());
    }
  }

  /** A route that reaches its provider by other means than upstream: is a provider all the same. */
  private void announce(LoadedFile loaded) {
    for (String name : names(loaded)) {
      if (providers.find(name).isEmpty()) {
        providers.add(bare(name));
      }
    }
  }

  private static List<String> names(LoadedFile loaded) {
    return loaded.directNames().stream()
        .filter(name -> name.startsWith(ADAPTER))
        .map(name -> name.substring(ADAPTER.length()))
        .toList();
  }

  private static ProviderProfile bare(String name) {
    return new ProviderProfile(
        name, "route", Optional.empty(), Optional.empty(), Set.of(), List.of());
  }

  /**
   * Loads routes that are written in the settings and not in a file.
   *
   * @throws RefusedRoutesException if they cannot be loaded
   */
  public void load(String name, String yaml) throws RefusedRoutesException {
    announce(loader.load(Path.of(name), 1, yaml.lines().toList()));
  }

  @Override
  public void close() {
    watcher.shutdownNow();
  }
}
