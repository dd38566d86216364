package dev.serai.gateway.reload;

import dev.serai.gateway.direct.InlineDirectComponent;
import dev.serai.gateway.reload.RouteText.RouteEntry;
import dev.serai.gateway.reload.RouteText.Word;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Loads the routes of a file into the running Camel context.
 *
 * <p>A changed file never touches the routes that serve. Say {@code a.camel.yaml} has the route
 * {@code adapter-a} from {@code direct:adapter-a}. Its second version is loaded as the route {@code
 * adapter-a.2} from {@code direct:adapter-a.2}, next to the first. Only when all of its routes have
 * started is {@code direct:adapter-a} redirected to {@code direct:adapter-a.2}; {@link
 * RetiringRoutes} lets the first version finish. If anything fails, the routes of the second
 * version are removed, and the first keeps serving. A version number is used once for each name,
 * since Camel keeps endpoints by their URI. Not thread-safe: {@link RouteFolders} has a lock.
 */
final class RouteLoader {
  private static final String ENDING = ".camel.yaml";
  private static final String PERSONA = "persona";

  private final CamelContext context;
  private final InlineDirectComponent direct;
  private final RetiringRoutes retiring;
  private final RouteRefusals refusals;
  private final Map<String, Integer> versions = new HashMap<>();

  RouteLoader(CamelContext context, InlineDirectComponent direct, RetiringRoutes retiring) {
    this.context = context;
    this.direct = direct;
    this.retiring = retiring;
    this.refusals = new RouteRefusals(context);
  }

  /**
   * Loads a file and redirects its {@code direct:} names to the new routes.
   *
   * @param text of the same file
   * @param ownedNames of the file
   * @param off providers of the file whose routes are not loaded
   * @throws RefusedRoutesException if it cannot be loaded; then the context has none of its routes
   */
  LoadedFile load(FileText file, RouteText text, List<Word> ownedNames, List<OffProvider> off)
      throws RefusedRoutesException {
    Set<String> before = routeIds();
    RouteNaming naming =
        new RouteNaming(
            nextVersion(text),
            off.stream().map(OffProvider::directName).collect(Collectors.toSet()));
    try {
      Resource resource = ResourceHelper.fromString(location(file.path()), file.text());
      for (RoutesBuilder builder :
          PluginHelper.getRoutesLoader(context).findRoutesBuilders(resource)) {
        if (builder instanceof RouteBuilder routes) {
          routes.addLifecycleInterceptor(preparing(naming));
        }
        context.addRoutes(builder);
      }
    } catch (Exception e) { // the boundary to Camel's loader: any exception refuses the file
      retiring.remove(newIds(before));
      throw refusals.refuse(file, e);
    }
    before.removeAll(naming.replacedIds());
    List<String> added = newIds(before);
    Map<String, String> names = loadedNames(naming, added);
    names.forEach(direct::redirect);
    Map<String, String> own = withoutUpstream(text, names);
    return new LoadedFile(file.path(), file.place(), added, names, texts(ownedNames), own, off);
  }

  /** The file's path; Camel takes everything after the first dot of a name for the ending. */
  private static String location(Path file) {
    String name = String.valueOf(file.getFileName());
    String base = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    return file.resolveSibling(base.replace('.', '-') + ENDING).toString();
  }

  /** The names to redirect. A route whose precondition is false is not loaded. */
  private static Map<String, String> loadedNames(RouteNaming naming, List<String> added) {
    Map<String, String> names = new LinkedHashMap<>();
    naming
        .directNames()
        .forEach(
            (id, name) -> {
              if (added.contains(id)) {
                names.put(name, name + naming.suffix());
              }
            });
    return names;
  }

  private static Set<String> texts(List<Word> ownedNames) {
    return ownedNames.stream().map(Word::text).collect(Collectors.toSet());
  }

  private static Map<String, String> withoutUpstream(RouteText text, Map<String, String> names) {
    Map<String, String> providers = new HashMap<>();
    for (RouteEntry route : text.routes()) {
      String name = route.from().text().replace(RouteChecks.DIRECT + ":", "");
      if (names.containsKey(name)
          && name.startsWith(RouteChecks.ADAPTER)
          && !RouteChecks.hasUpstream(route)) {
        providers.put(
            name.substring(RouteChecks.ADAPTER.length()), isPersona(route) ? PERSONA : "route");
      }
    }
    return providers;
  }

  private static boolean isPersona(RouteEntry route) {
    return route.calls().stream()
        .anyMatch(call -> call.path("kamelet").equals(Optional.of(PERSONA)));
  }

  private int nextVersion(RouteText text) {
    int version = 1;
    for (RouteEntry route : text.routes()) {
      version = Math.max(version, versions.getOrDefault(route.id().text(), 0) + 1);
      version = Math.max(version, versions.getOrDefault(route.from().text(), 0) + 1);
    }
    for (RouteEntry route : text.routes()) {
      versions.put(route.id().text(), version);
      versions.put(route.from().text(), version);
    }
    return version;
  }

  private static RouteBuilderLifecycleStrategy preparing(RouteNaming naming) {
    return new RouteBuilderLifecycleStrategy() {
      @Override
      public void afterConfigure(RouteBuilder configured) {
        List<RouteDefinition> routes = configured.getRouteCollection().getRoutes();
        routes.removeIf(naming::isOff);
        for (RouteDefinition route : routes) {
          naming.prepare(route);
        }
      }
    };
  }

  private List<String> newIds(Set<String> before) {
    List<String> ids = new ArrayList<>();
    for (Route route : context.getRoutes()) {
      if (!before.contains(route.getRouteId())) {
        ids.add(route.getRouteId());
      }
    }
    ids.sort((a, b) -> Boolean.compare(a.contains(".kamelet"), b.contains(".kamelet")));
    return ids;
  }

  private Set<String> routeIds() {
    Set<String> ids = new HashSet<>();
    for (Route route : context.getRoutes()) {
      ids.add(route.getRouteId());
    }
    return ids;
  }
}
