package dev.serai.gateway.wiring;

import dev.serai.config.Settings;
import dev.serai.gateway.direct.InlineDirectComponent;
import dev.serai.gateway.direct.InlineKameletComponent;
import dev.serai.gateway.reload.RefusedRoutesException;
import dev.serai.gateway.reload.RouteFolders;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  public Map<String, Object> steps() {
    return Map.of("direct", direct, "kamelet", new InlineKameletComponent());
  }

  @Override
  public void start() {
    Settings settings = shared.settings();
    List<Path> watched =
        List.of(shared.home().resolve("routes/adapters"), settings.routes().folder());
    RouteFolders opened =
        new RouteFolders(watched, direct.getCamelContext(), direct, shared.providers());
    folders = Optional.of(opened);
    opened.start(settings.routes().poll());
    ProviderRoutes.of(settings).forEach((name, yaml) -> load(opened, name, yaml));
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
