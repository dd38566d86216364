package dev.serai.gateway.wiring;

import dev.serai.config.Settings;
import dev.serai.gateway.direct.InlineDirectComponent;
import dev.serai.gateway.direct.InlineKameletComponent;
import dev.serai.gateway.reload.RefusedRoutesException;
import dev.serai.gateway.reload.RouteFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the routes of the providers, and reloads those of the watched folders when they change. */
final class RoutesFeature implements Feature {
  private static final Logger LOG = LoggerFactory.getLogger(RoutesFeature.class);

  private final SharedParts shared;
  private final InlineDirectComponent direct = new InlineDirectComponent();
  private volatile Optional<RouteFolders> folders = Optional.empty();

  RoutesFeature(SharedParts shared) {
    this.shared = shared;
    direct.setBlock(false);
  }

  @Override
  public Map<String, Object> beans() {
    return Map.of("direct", direct, "kamelet", new InlineKameletComponent());
  }

  @Override
  public void start() {
    Settings settings = shared.settings();
    List<Path> watched = new ArrayList<>(subfolders(shared.home().resolve("routes")));
    watched.add(settings.routes().folder());
    RouteFolders opened =
        new RouteFolders(watched, direct.getCamelContext(), direct, shared.providers());
    folders = Optional.of(opened);
    opened.start(settings.routes().poll());
    ProviderRoutes.of(settings).forEach((name, yaml) -> load(opened, name, yaml));
  }

  /** {@code routes/adapters} and others, by name. */
  private static List<Path> subfolders(Path routes) {
    try (Stream<Path> entries = Files.list(routes)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void load(RouteFolders folders, String name, String yaml) {
    try {
      folders.load(name, yaml);
    } catch (RefusedRoutesException refused) {
      LOG.error("refused {}", refused.getMessage());
    }
  }

  @Override
  public void close() {
    folders.ifPresent(RouteFolders::close);
  }
}
