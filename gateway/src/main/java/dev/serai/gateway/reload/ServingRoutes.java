package dev.serai.gateway.reload;

import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.gateway.direct.InlineDirectComponent;
import dev.serai.gateway.reload.RouteText.RouteEntry;
import dev.serai.gateway.reload.RouteText.Word;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The routes of files that serve now: each route id, endpoint and provider belongs to one file.
 * Loading a file replaces what it served before; what is replaced or removed finishes in {@link
 * RetiringRoutes}. Not thread-safe: {@link RouteFolders} has a lock.
 */
final class ServingRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ServingRoutes.class);

  private final CamelContext context;
  private final Providers providers;
  private final RouteChecks checks;
  private final Path operatorsFolder;
  private final OwnedNames ownedNames;
  private final RouteRefusals refusals;
  private final RouteAddresses addresses;
  private final RetiringRoutes retiring;
  private final RouteLoader loader;
  private final Map<String, LoadedFile> serving = new HashMap<>();

  /** What may be wrong with addresses, by the name of the file. */
  private final Map<String, List<String>> addressWarnings = new HashMap<>();

  /** What the files of the running poll own; without those that are not valid. */
  private final Map<String, Set<String>> expected = new HashMap<>();

  private final Set<String> expectedDirectNames = new HashSet<>();

  ServingRoutes(
      CamelContext context,
      InlineDirectComponent direct,
      Providers providers,
      RouteChecks checks,
      Path operatorsFolder) {
    this.context = context;
    this.providers = providers;
    this.checks = checks;
    this.operatorsFolder = operatorsFolder;
    ownedNames = new OwnedNames(context, operatorsFolder);
    refusals = new RouteRefusals(context);
    addresses = new RouteAddresses(ownedNames::resolved);
    retiring = new RetiringRoutes(context, direct);
    loader = new RouteLoader(context, direct, retiring);
  }

  boolean serves(String name) {
    return serving.containsKey(name);
  }

  /** The {@code direct:} names that a file serves, and the ids of its other routes. */
  Set<String> servedNames(String name) {
    Set<String> names = new TreeSet<>();
    Optional.ofNullable(serving.get(name))
        .ifPresent(
            file -> {
              names.addAll(file.directNames().keySet());
              file.routeIds().stream().filter(this::isEntry).forEach(names::add);
            });
    return names;
  }

  /** Whether the route has a consumer of its own: it is not called by another. */
  private boolean isEntry(String routeId) {
    Route route = context.getRoute(routeId);
    return route != null && !route.getEndpoint().getEndpointUri().matches("(direct|kamelet):.*");
  }

  /**
   * Takes note of all files that are there now: a name that its owner gives up may be taken at
   * once, and a route may call one of a file that is loaded later.
   */
  void expect(Map<String, FileText> present) {
    expected.clear();
    expectedDirectNames.clear();
    present.forEach(
        (name, file) -> {
          try {
            Set<String> all =
                ownedNames.of(RouteText.parse(file.text())).stream()
                    .map(Word::text)
                    .collect(Collectors.toSet());
            expected.put(name, all);
            all.forEach(this::expectDirectName);
          } catch (RouteFault | YamlEngineException _) {
            // It will be refused; until it is valid its routes keep serving.
            Optional.ofNullable(serving.get(name))
                .ifPresent(old -> expected.put(name, old.ownedNames()));
          }
        });
    serving.forEach(
        (name, file) -> {
          if (name.startsWith("settings/")) {
            expected.put(name, file.ownedNames());
          }
        });
  }

  private void expectDirectName(String ownedName) {
    if (ownedName.startsWith(RouteChecks.DIRECT + ":")) {
      expectedDirectNames.add(ownedName.substring(RouteChecks.DIRECT.length() + 1));
    }
  }

  /**
   * Loads a file in place of what that name served before.
   *
   * @throws RefusedRoutesException if it cannot be loaded; then what it served before keeps serving
   */
  LoadedFile load(String name, FileText file) throws RefusedRoutesException {
    LoadedFile loaded = checkedAndLoaded(name, file);
    Optional<LoadedFile> old = Optional.ofNullable(serving.put(name, loaded));
    loaded.withoutUpstream().forEach((provider, kind) -> providers.add(profile(provider, kind)));
    old.ifPresent(this::forgetOff);
    loaded.off().forEach(provider -> turnOff(provider, loaded.path()));
    old.ifPresent(replaced -> retire(replaced.without(loaded.routeIds())));
    return loaded;
  }

  private LoadedFile checkedAndLoaded(String name, FileText file) throws RefusedRoutesException {
    try {
      if (!file.fault().isEmpty()) {
        throw new RouteFault(0, file.fault());
      }
      if (retiring.full()) {
        throw new UncheckedIOException(
            new IOException("too many earlier versions of routes still have calls"));
      }
      RouteText text = RouteText.parse(file.text());
      DuplicateKeys.refuse(file.text());
      List<Word> wanted = ownedNames.of(text);
      ownedNames.refuseTaken(wanted, others(name), routeIdsOfFiles(), file.path());
      List<OffProvider> off =
          checks.check(text, directNames(text), operatorsFolder.equals(file.path().getParent()));
      addresses.check(text);
      refuseToTurnOff(off, name);
      LoadedFile loaded = loader.load(file, text, wanted, off);
      warnOfAddresses(name, file.path(), checks.addressWarnings(text));
      return loaded;
    } catch (RouteFault
        | YamlEngineException
        | IllegalArgumentException
        | UncheckedIOException fault) {
      throw refusals.refuse(file, fault);
    }
  }

  /** A provider that serves is not turned off by an edit: the file is refused. */
  private void refuseToTurnOff(List<OffProvider> off, String name) {
    Set<String> served =
        Optional.ofNullable(serving.get(name))
            .map(file -> file.directNames().keySet())
            .orElse(Set.of());
    for (OffProvider provider : off) {
      if (served.contains(provider.directName())) {
        throw new RouteFault(
            provider.line(),
            "keyName: the variable "
                + provider.reason()
                + "; set it and start Serai again, or remove keyName if the provider needs no key");
      }
    }
  }

  private void warnOfAddresses(String name, Path file, List<Word> warnings) {
    List<String> lines =
        warnings.stream()
            .map(what -> file + ":" + what.line() + ": baseUrl: " + what.text())
            .toList();
    lines.forEach(line -> LOG.warn("{}", line));
    addressWarnings.put(name, lines);
  }

  /** What may be wrong with addresses in files, with file and line. */
  List<String> addressWarnings() {
    return serving.keySet().stream()
        .flatMap(name -> addressWarnings.getOrDefault(name, List.of()).stream())
        .sorted()
        .toList();
  }

  private void turnOff(OffProvider provider, Path file) {
    providers.noteOff(provider.name(), provider.reason());
    LOG.warn("{}", provider.advice(file));
  }

  private void forgetOff(LoadedFile file) {
    file.off().forEach(provider -> providers.forgetOff(provider.name()));
  }

  /** Why providers of files are off, with file and line. */
  List<String> off() {
    List<String> lines = new ArrayList<>();
    serving
        .values()
        .forEach(file -> file.off().forEach(each -> lines.add(each.advice(file.path()))));
    lines.sort(String::compareTo);
    return lines;
  }

  /** Names of files with a provider that is off, and whose key is set now. */
  List<String> keysFound() {
    return serving.entrySet().stream()
        .filter(
            entry -> entry.getValue().off().stream().anyMatch(off -> checks.isSet(off.keyName())))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** The other files with the names that they do not give up in this poll. */
  private List<LoadedFile> others(String name) {
    List<LoadedFile> others = new ArrayList<>();
    serving.forEach(
        (other, file) -> {
          if (!other.equals(name)) {
            Set<String> kept = new HashSet<>(file.ownedNames());
            kept.retainAll(expected.getOrDefault(other, Set.of()));
            others.add(file.owning(kept));
          }
        });
    return others;
  }

  private Set<String> routeIdsOfFiles() {
    Set<String> ids = retiring.routeIds();
    serving.values().forEach(file -> ids.addAll(file.routeIds()));
    return ids;
  }

  /** All {@code direct:} names that a route may call. */
  private Set<String> directNames(RouteText own) {
    Set<String> names = new HashSet<>(expectedDirectNames);
    serving.values().forEach(file -> names.addAll(file.directNames().keySet()));
    for (RouteEntry route : own.routes()) {
      names.add(route.from().text().replace(RouteChecks.DIRECT + ":", ""));
    }
    for (Route route : context.getRoutes()) {
      String uri = route.getEndpoint().getEndpointUri();
      if (uri.startsWith("direct://")) {
        names.add(uri.substring("direct://".length()));
      }
    }
    return names;
  }

  /** Removes what a file served; its exchanges finish. */
  Optional<LoadedFile> remove(String name) {
    Optional<LoadedFile> old = Optional.ofNullable(serving.remove(name));
    addressWarnings.remove(name);
    old.ifPresent(this::forgetOff);
    old.ifPresent(this::retire);
    return old;
  }

  /** The file has another name now. */
  void rename(String name, String other, Path path) {
    LoadedFile file = serving.remove(name);
    if (file != null) {
      serving.put(other, file.movedTo(path));
      addressWarnings.remove(name); // the log has its line
    }
  }

  private void retire(LoadedFile old) {
    retiring.add(old);
    removeUnserved(old.providers());
  }

  /** Removes routes that have retired and whose last exchange has ended. */
  void finishRetiring() {
    // The end of an old version may bring back the provider of one that is even older.
    retiring.sweep().forEach(old -> removeUnserved(old.providers()));
  }

  private void removeUnserved(List<String> names) {
    Set<String> served = new HashSet<>();
    serving.values().forEach(file -> served.addAll(file.providers()));
    for (String name : names) {
      if (!served.contains(name)) {
        providers.find(name).ifPresent(providers::remove);
      }
    }
  }

  private static ProviderProfile profile(String name, String kind) {
    return new ProviderProfile(name, kind, Optional.empty(), Optional.empty(), Set.of(), List.of());
  }
}
