package dev.serai.gateway.reload;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;

/**
 * Names the routes of one version of a file, so that several versions can be in the Camel context.
 * Not thread-safe.
 */
final class RouteNaming {
  private static final String DIRECT = "direct:";
  private static final String KAMELET = "kamelet:";

  private final String suffix;
  private final Map<String, String> directNames = new LinkedHashMap<>();
  private final Set<String> replacedIds = new HashSet<>();
  private final Set<String> off;
  private int kamelets;

  /**
   * @param version 1 for the first version, which has no suffix
   * @param off {@code direct:} names of routes that are not loaded
   */
  RouteNaming(int version, Set<String> off) {
    suffix = version > 1 ? "." + version : "";
    this.off = Set.copyOf(off);
  }

  /** Whether a route is not loaded. */
  boolean isOff(RouteDefinition route) {
    String uri = route.getInput().getEndpointUri();
    return uri.startsWith(DIRECT) && off.contains(uri.substring(DIRECT.length()));
  }

  /** What is added to ids and {@code direct:} names. */
  String suffix() {
    return suffix;
  }

  /** The {@code direct:} names by route, without the suffix. */
  Map<String, String> directNames() {
    return directNames;
  }

  /**
   * Ids of routes that are not from {@code direct:}. Camel allows one route for each of their
   * endpoints, so that it replaces the route of an earlier version: it stops that one first.
   */
  Set<String> replacedIds() {
    return replacedIds;
  }

  /** Adds the suffix to a route's names, and records the {@code direct:} name that it serves. */
  void prepare(RouteDefinition route) {
    if (route.getRouteId() == null) {
      throw new IllegalArgumentException("a route has no id; add an id to every route");
    }
    String uri = route.getInput().getEndpointUri();
    if (uri.startsWith(DIRECT)) {
      prepareDirect(route, uri);
    } else {
      replacedIds.add(route.getRouteId());
    }
  }

  private void prepareDirect(RouteDefinition route, String uri) {
    if (route.getRouteConfigurationId() == null) {
      // As the route configuration "inner"; it is too late to refer to it here.
      route.setErrorHandlerFactory(new NoErrorHandlerDefinition());
    }
    if (!suffix.isEmpty()) {
      route.setId(route.getRouteId() + suffix);
      route.getInput().setUri(uri + suffix);
    }
    kamelets = 0;
    nameKamelets(route.getOutputs(), route.getRouteId());
    directNames.put(route.getRouteId(), uri.substring(DIRECT.length()));
  }

  /** A kamelet becomes a route: its id is that of the route that uses it, not a random one. */
  private void nameKamelets(List<ProcessorDefinition<?>> steps, String routeId) {
    for (ProcessorDefinition<?> step : steps) {
      if (step instanceof ToDefinition to && to.getUri().startsWith(KAMELET)) {
        nameKamelet(to, routeId + ".kamelet" + (kamelets == 0 ? "" : "-" + kamelets));
        kamelets++;
      }
      nameKamelets(step.getOutputs(), routeId);
    }
  }

  private static void nameKamelet(ToDefinition to, String id) {
    int query = to.getUri().indexOf('?');
    String template = query < 0 ? to.getUri() : to.getUri().substring(0, query);
    if (template.indexOf('/') < 0) {
      to.setUri(template + "/" + id + (query < 0 ? "" : to.getUri().substring(query)));
    }
  }
}
