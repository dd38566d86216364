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
 * Brings the routes of one file into a running context, and takes them out again. A file's second
 * and later editions are loaded beside the first, with the edition's number in their ids, so a file
 * that cannot be loaded leaves what served before untouched. Not thread-safe: one folder watcher
 * uses it.
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
   * @throws RefusedRoutesException if it cannot be loaded; then nothing of it is in the context
   */
  LoadedFile load(Path file, int generation) throws RefusedRoutesException {
    List<String> text = read(file);
    return load(file, generation, text);
  }

  /** Loads routes that are not in a file; {@code name} stands for it in messages. */
  LoadedFile load(Path name, int generation, List<String> text) throws RefusedRoutesException {
    Set<String> before = routeIds();
    Map<String, String> namesById = new LinkedHashMap<>();
    String yaml = String.join("\n", text);
    try {
      DuplicateKeys.refuse(yaml);
      Resource resource = ResourceHelper.fromString(name.toString(), yaml);
      for (RoutesBuilder builder :
          PluginHelper.getRoutesLoader(context).findRoutesBuilders(resource)) {
        if (builder instanceof RouteBuilder routes) {
          routes.addLifecycleInterceptor(preparing(generation, namesById));
        }
        context.addRoutes(builder);
      }
    } catch (Exception e) { // the edge to Camel's loader, which throws whatever a file provokes
      remove(newIds(before));
      throw ErrorLocator.refuse(name, text, e);
    }
    List<String> added = newIds(before);
    namesById.keySet().retainAll(added); // a route whose precondition does not hold is not there
    List<String> names = List.copyOf(namesById.values());
    for (String served : names) {
      direct.redirect(served, served + suffix(generation));
    }
    return new LoadedFile(name, generation, added, names);
  }

  private static RouteBuilderLifecycleStrategy preparing(
      int generation, Map<String, String> namesById) {
    return new RouteBuilderLifecycleStrategy() {
      @Override
      public void afterConfigure(RouteBuilder configured) {
        for (RouteDefinition route : configured.getRouteCollection().getRoutes()) {
          prepare(route, generation, namesById);
        }
      }
    };
  }

  /** Takes a file's routes out; what they have begun ends first. */
  void unload(LoadedFile loaded) {
    loaded.directNames().forEach(direct::removeRedirect);
    remove(loaded.routeIds());
  }

  /** Takes out the edition that another has taken the place of. */
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
            file, 0, "larger than " + MAX_FILE_BYTES + " bytes", new IOException());
      }
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new RefusedRoutesException(file, 0, "not readable as UTF-8 text", e);
    }
  }

  /** Gives a route its edition's names, and notes the direct name it serves. */
  private static void prepare(
      RouteDefinition route, int generation, Map<String, String> namesById) {
    String uri = route.getInput().getEndpointUri();
    if (route.getRouteId() == null) {
      throw new IllegalArgumentException("a route has no id: every route needs one");
    }
    if (!uri.startsWith(DIRECT)) {
      return;
    }
    if (route.getRouteConfigurationId() == null) {
      // What the configuration "inner" says; it is too late here to name it.
      route.setErrorHandlerFactory(new NoErrorHandlerDefinition());
    }
    String name = uri.substring(DIRECT.length());
    if (generation > 1) {
      route.setId(route.getRouteId() + suffix(generation));
      route.getInput().setUri(uri + suffix(generation));
    }
    nameKamelets(route.getOutputs(), route.getRouteId());
    namesById.put(route.getRouteId(), name);
  }

  /** A kamelet becomes a route: it is named after the route that uses it, not at random. */
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

  private static String suffix(int generation) {
    return generation > 1 ? "." + generation : "";
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
      } catch (Exception e) { // Camel declares no less
        LOG.warn("route {} did not stop well", id, e);
      }
    }
  }
}
