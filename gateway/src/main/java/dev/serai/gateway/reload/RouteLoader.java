package dev.serai.gateway.reload;

import dev.serai.gateway.direct.InlineDirectComponent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the routes of a file into the running Camel context, and removes them.
 *
 * <p>A changed file never touches the routes that serve. Say {@code a.camel.yaml} has the route
 * {@code adapter-a} from {@code direct:adapter-a}. Its second version is loaded as the route {@code
 * adapter-a.2} from {@code direct:adapter-a.2}, next to the first. Only when all of its routes have
 * started is {@code direct:adapter-a} redirected to {@code direct:adapter-a.2} and the first
 * version removed; Camel lets its exchanges finish before it stops. If anything fails, the routes
 * of the second version are removed, and the first serves on. Not thread-safe: the one thread of
 * {@link RouteFolders} uses it.
 */
final class RouteLoader {
  private static final Logger LOG = LoggerFactory.getLogger(RouteLoader.class);
  private static final String DIRECT = "direct:";
  private static final String KAMELET = "kamelet:";
  private static final int MAX_FILE_BYTES = 256 * 1024;

  private final CamelContext context;
  private final InlineDirectComponent direct;

  RouteLoader(CamelContext context, InlineDirectComponent direct) {
    this.context = context;
    this.direct = direct;
  }

  /**
   * Loads a file.
   *
   * @throws RefusedRoutesException if it cannot be loaded; then the context has none of its routes
   */
  LoadedFile load(Path file, int version) throws RefusedRoutesException {
    List<String> text = read(file);
    return load(file, version, text);
  }

  /**
   * Loads routes that are not in a file.
   *
   * @param name stands for the file in messages
   * @throws RefusedRoutesException if they cannot be loaded
   */
  LoadedFile load(Path name, int version, List<String> text) throws RefusedRoutesException {
    Set<String> before = routeIds();
    Map<String, String> namesById = new LinkedHashMap<>();
    String yaml = String.join("\n", text);
    try {
      DuplicateKeys.refuse(yaml);
      Resource resource = ResourceHelper.fromString(name.toString(), yaml);
      for (RoutesBuilder builder :
          PluginHelper.getRoutesLoader(context).findRoutesBuilders(resource)) {
        if (builder instanceof RouteBuilder routes) {
          routes.addLifecycleInterceptor(preparing(version, namesById));
        }
        context.addRoutes(builder);
      }
    } catch (Exception e) { // the boundary to Camel's loader: any exception refuses the file
      remove(newIds(before));
      throw ErrorLocator.refuse(name, text, e);
    }
    List<String> added = newIds(before);
    namesById.keySet().retainAll(added); // a route whose precondition is false is not loaded
    List<String> names = List.copyOf(namesById.values());
    for (String served : names) {
      direct.redirect(served, served + suffix(version));
    }
    return new LoadedFile(name, version, added, names);
  }

  private static RouteBuilderLifecycleStrategy preparing(
      int version, Map<String, String> namesById) {
    return new RouteBuilderLifecycleStrategy() {
      @Override
      public void afterConfigure(RouteBuilder configured) {
        for (RouteDefinition route : configured.getRouteCollection().getRoutes()) {
          prepare(route, version, namesById);
        }
      }
    };
  }

  /** Removes a file's routes; their exchanges finish first. */
  void unload(LoadedFile loaded) {
    loaded.directNames().forEach(direct::removeRedirect);
    remove(loaded.routeIds());
  }

  /** Removes a version that another has replaced. */
  void replace(LoadedFile old, LoadedFile with) {
    for (String name : old.directNames()) {
      if (!with.directNames().contains(name)) {
        direct.removeRedirect(name);
      }
    }
    remove(old.routeIds());
  }

  private static List<String> read(Path file) throws RefusedRoutesException {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new RefusedRoutesException(
            file, 0, "the file is larger than " + MAX_FILE_BYTES + " bytes", new IOException());
      }
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new RefusedRoutesException(file, 0, "the file cannot be read as UTF-8 text", e);
    }
  }

  /** Adds the version to a route's names, and records the direct name that it serves. */
  private static void prepare(RouteDefinition route, int version, Map<String, String> namesById) {
    String uri = route.getInput().getEndpointUri();
    requireId(route);
    if (!uri.startsWith(DIRECT)) {
      return;
    }
    if (route.getRouteConfigurationId() == null) {
      // As the route configuration "inner"; it is too late to refer to it here.
      route.setErrorHandlerFactory(new NoErrorHandlerDefinition());
    }
    String name = uri.substring(DIRECT.length());
    addSuffix(route, version);
    nameKamelets(route.getOutputs(), route.getRouteId());
    namesById.put(route.getRouteId(), name);
  }

  private static void requireId(RouteDefinition route) {
    if (route.getRouteId() == null) {
      throw new IllegalArgumentException("a route has no id; add an id to every route");
    }
  }

  private static void addSuffix(RouteDefinition route, int version) {
    if (version > 1) {
      route.setId(route.getRouteId() + suffix(version));
      route.getInput().setUri(route.getInput().getEndpointUri() + suffix(version));
    }
  }

  /** A kamelet becomes a route: its id is that of the route that uses it, not a random one. */
  private static void nameKamelets(List<ProcessorDefinition<?>> steps, String routeId) {
    int count = 0;
    for (ProcessorDefinition<?> step : steps) {
      if (step instanceof ToDefinition to && to.getUri().startsWith(KAMELET)) {
        int query = to.getUri().indexOf('?');
        String template = query < 0 ? to.getUri() : to.getUri().substring(0, query);
        if (template.indexOf('/') < 0) {
          String place = count == 0 ? "" : "-" + count;
          to.setUri(
              template
                  + "/"
                  + routeId
                  + ".kamelet"
                  + place
                  + (query < 0 ? "" : to.getUri().substring(query)));
        }
        count++;
      }
      nameKamelets(step.getOutputs(), routeId);
    }
  }

  private static String suffix(int version) {
    return version > 1 ? "." + version : "";
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

  private void remove(List<String> ids) {
    for (String id : ids) {
      try {
        if (context.getRoute(id) != null) {
          context.getRouteController().stopRoute(id, 30, TimeUnit.SECONDS);
          context.removeRoute(id);
        }
      } catch (Exception e) { // Camel declares Exception
        LOG.warn("route {} could not be stopped and removed", id, e);
      }
    }
  }
}
