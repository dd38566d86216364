package dev.serai.gateway.reload;

import dev.serai.config.check.OwnAddress;
import dev.serai.core.provider.Providers;
import dev.serai.gateway.direct.InlineDirectComponent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.RouteWatcherReloadStrategy;

/**
 * Reloads a route again and again while a thread calls it, with Camel's own route watcher and with
 * {@link RouteFolders}: how long a reload takes, how many calls fail meanwhile, and what is left
 * after a file that is not valid. A program, not a test.
 */
public final class CostOfReload {
  private static final int RELOADS = 30;
  private static final long PAUSE_NANOS = 100_000;
  private static final String VALID =
      """
      - route:
          id: a
          from:
            uri: direct:a
            steps:
              - setBody:
                  constant: version-$
      """;
  private static final String INVALID = VALID.replace("uri: direct", "uri direct");

  private CostOfReload() {}

  private interface Reload {
    void to(String yaml, int version) throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    Logger.getLogger("").setLevel(Level.OFF);
    camels(true);
    camels(false);
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      InlineDirectComponent direct = new InlineDirectComponent();
      direct.setBlock(false);
      context.getRegistry().bind("direct", direct);
      context.start();
      RouteFolders folders =
          new RouteFolders(
              List.of(Path.of("none")),
              context,
              direct,
              new Providers(),
              new RouteChecks(
                  Path.of("none"), _ -> Optional.empty(), new OwnAddress("127.0.0.1", 8123)));
      folders.load("a.camel.yaml", "a.camel.yaml", VALID);
      run(
          "ours",
          context,
          (yaml, _) -> {
            folders.load("a.camel.yaml", "a.camel.yaml", yaml);
            folders.poll();
          });
    }
  }

  private static void camels(boolean removeAllRoutes) throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      DirectComponent direct = new DirectComponent();
      direct.setBlock(false);
      context.getRegistry().bind("direct", direct);
      context.start();
      Path folder = Files.createTempDirectory("reload");
      Watcher watcher = new Watcher(context, folder, removeAllRoutes);
      PluginHelper.getRoutesLoader(context).loadRoutes(watcher.written(VALID));
      run(
          "Camel's, removeAllRoutes=" + removeAllRoutes,
          context,
          (yaml, _) -> watcher.reload(yaml));
    }
  }

  /** Camel's watcher, called as if it had seen a change. */
  private static final class Watcher extends RouteWatcherReloadStrategy {
    private final Path file;

    Watcher(DefaultCamelContext context, Path folder, boolean removeAllRoutes) {
      file = folder.resolve("a.camel.yaml");
      setCamelContext(context);
      setFolder(folder.toString());
      setPattern("*");
      setRemoveAllRoutes(removeAllRoutes);
    }

    void reload(String yaml) throws IOException {
      onRouteReload(List.of(written(yaml)), false);
    }

    Resource written(String yaml) throws IOException {
      Files.writeString(file, yaml);
      return ResourceHelper.resolveResource(getCamelContext(), "file:" + file);
    }
  }

  private static void run(String name, DefaultCamelContext context, Reload reload)
      throws Exception {
    AtomicLong called = new AtomicLong();
    AtomicLong failed = new AtomicLong();
    AtomicBoolean over = new AtomicBoolean();
    Thread caller = Thread.ofPlatform().start(() -> call(context, over, called, failed));
    List<Long> nanos = new ArrayList<>();
    for (int version = 2; version < RELOADS + 2; version++) {
      long before = System.nanoTime();
      reload.to(VALID.replace("$", "" + version), version);
      nanos.add(System.nanoTime() - before);
    }
    over.set(true);
    caller.join();
    nanos.sort(Long::compare);
    String after;
    try {
      reload.to(INVALID, RELOADS + 2);
      after = "accepted";
    } catch (Exception e) {
      after = "refused: " + e.getMessage();
    }
    System.out.printf(
        "%s: reload %.1f ms median, %.1f ms longest; %d of %d calls failed;"
            + " an invalid file: %s, then a call %s%n",
        name,
        nanos.get(RELOADS / 2) / 1e6,
        nanos.getLast() / 1e6,
        failed.get(),
        called.get(),
        after,
        fails(context, context.createProducerTemplate()) ? "fails" : "succeeds");
  }

  private static void call(
      DefaultCamelContext context, AtomicBoolean over, AtomicLong called, AtomicLong failed) {
    ProducerTemplate template = context.createProducerTemplate();
    while (!over.get()) {
      LockSupport.parkNanos(PAUSE_NANOS);
      called.incrementAndGet();
      if (fails(context, template)) {
        failed.incrementAndGet();
      }
    }
  }

  private static boolean fails(DefaultCamelContext context, ProducerTemplate template) {
    Exchange exchange = template.send("direct:a", new DefaultExchange(context));
    return exchange.getException() != null;
  }
}
