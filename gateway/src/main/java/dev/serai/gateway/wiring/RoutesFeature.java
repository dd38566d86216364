package dev.serai.gateway.wiring;

import dev.serai.config.Settings;
import dev.serai.config.check.OwnAddress;
import dev.serai.config.provider.Provider;
import dev.serai.config.read.Place;
import dev.serai.core.secret.KeyForms;
import dev.serai.gateway.direct.InlineDirectComponent;
import dev.serai.gateway.direct.InlineKameletComponent;
import dev.serai.gateway.reload.RefusedRoutesException;
import dev.serai.gateway.reload.RouteChecks;
import dev.serai.gateway.reload.RouteFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;

/** Loads the routes of the providers, and reloads those of the watched folders when they change. */
final class RoutesFeature implements Feature {
  private static final String ENDING = ".camel.yaml";

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
    List<Path> watched = new ArrayList<>(subfolders(shared.checkout().resolve("routes")));
    watched.add(settings.routes().folder());
    RouteFolders opened =
        new RouteFolders(
            watched,
            direct.getCamelContext(),
            direct,
            shared.providers(),
            new RouteChecks(
                shared.checkout().resolve("adapters/kamelets"),
                shared.secrets(),
                new OwnAddress(settings.server().host(), settings.server().port())));
    folders = Optional.of(opened);
    opened.start(settings.routes().poll(), shared.threads());
    List<String> faults = new ArrayList<>();
    for (Provider provider : ProviderRoutes.withoutFile(settings)) {
      load(opened, provider).ifPresent(faults::add);
    }
    unserved(opened, settings).forEach(faults::add);
    if (!faults.isEmpty()) {
      throw new StartException(faults);
    }
  }

  /** Where the routes run. */
  CamelContext context() {
    return direct.getCamelContext();
  }

  /** Why the files that are refused now are refused, with file and line. */
  List<String> refusals() {
    return folders.map(RouteFolders::refusals).orElse(List.of());
  }

  /** Folders and files of routes that cannot be read now, and why. */
  List<String> unread() {
    return folders.map(RouteFolders::unread).orElse(List.of());
  }

  /** Why providers of route files are off, with file and line. */
  List<String> off() {
    return folders.map(RouteFolders::off).orElse(List.of());
  }

  /** What may be wrong with addresses in route files, with file and line. */
  List<String> addressWarnings() {
    return folders.map(RouteFolders::addressWarnings).orElse(List.of());
  }

  /** {@code routes/adapters} and others, by name. */
  private static List<Path> subfolders(Path routes) {
    try (Stream<Path> entries = Files.list(routes)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns why the provider cannot be served, if it cannot. */
  private static Optional<String> load(RouteFolders folders, Provider provider) {
    try {
      folders.load(fileName(provider), place(provider), ProviderRoutes.yaml(provider));
      return Optional.empty();
    } catch (RefusedRoutesException refused) {
      return Optional.of(fault(provider, refused.reason()));
    }
  }

  /** Where the settings configure a provider. */
  private static String place(Provider provider) {
    return provider
        .place()
        .map(Place::shown)
        .orElse("the provider " + KeyForms.redactedText(provider.name()) + " of the settings");
  }

  /** Stands for a file. */
  private static String fileName(Provider provider) {
    return "providers/" + provider.name() + ENDING;
  }

  /** Enabled providers of the settings whose file in a route folder was refused. */
  private List<String> unserved(RouteFolders opened, Settings settings) {
    return settings.enabledProviders().stream()
        .filter(ProviderRoutes::hasFile)
        .filter(provider -> shared.providers().find(provider.name()).isEmpty())
        .map(
            provider ->
                fault(
                    provider,
                    opened
                        .refusal(provider.name() + ENDING)
                        .map(why -> "its route file was refused: " + why)
                        .orElse("no route file that can be read serves it")))
        .toList();
  }

  private static String fault(Provider provider, String reason) {
    return place(provider) + ": the provider cannot be served: " + reason;
  }

  /**
   * Serves the providers of other settings: loads the routes of those that are new or have changed,
   * and removes those that are gone. Every feature has the other settings before.
   *
   * @param before the settings whose providers are served now
   * @return why providers cannot be served; their previous routes keep serving
   */
  List<String> serve(Settings before, Settings fresh) {
    RouteFolders opened = folders.orElseThrow();
    PropertiesComponent properties =
        (PropertiesComponent) direct.getCamelContext().getPropertiesComponent();
    properties.getOverrideProperties().putAll(ProviderRoutes.properties(fresh));
    Map<String, Provider> old = byName(before);
    Map<String, Provider> now = byName(fresh);
    List<String> faults = new ArrayList<>();
    for (String name : ProviderRoutes.changed(before, fresh)) {
      Optional<Provider> next = Optional.ofNullable(now.get(name));
      Optional.ofNullable(old.get(name))
          .filter(provider -> !ProviderRoutes.hasFile(provider))
          .filter(_ -> next.filter(provider -> !ProviderRoutes.hasFile(provider)).isEmpty())
          .ifPresent(provider -> opened.unload(fileName(provider)));
      opened.reload(name + ENDING);
      next.filter(provider -> !ProviderRoutes.hasFile(provider))
          .flatMap(provider -> load(opened, provider))
          .ifPresent(faults::add);
    }
    opened.loadWhereKeysAreSet();
    return faults;
  }

  private static Map<String, Provider> byName(Settings settings) {
    return settings.enabledProviders().stream()
        .collect(Collectors.toMap(Provider::name, Function.identity()));
  }

  @Override
  public void close() {
    folders.ifPresent(RouteFolders::close);
  }
}
