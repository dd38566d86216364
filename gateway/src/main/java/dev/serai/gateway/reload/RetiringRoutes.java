package dev.serai.gateway.reload;

import dev.serai.gateway.direct.InlineDirectComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.spi.InflightRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes that take no new exchanges and finish those that they have, however long that takes.
 *
 * <p>Camel's own way to stop a route waits for its exchanges, but only for a given time, and then
 * fails them: the reply of a provider that took longer would be thrown away, and the call be made
 * and paid for again. Here a route is stopped only when two sweeps in a row have found it without
 * exchanges. Two, since an exchange may have looked up the route and not entered it yet. Not
 * thread-safe.
 */
final class RetiringRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(RetiringRoutes.class);
  private static final int MAX_FILES = 256;

  private final CamelContext context;
  private final InlineDirectComponent direct;
  private List<Retiring> retiring = new ArrayList<>();

  /** A version of a file; idle if the last sweep has found it without exchanges. */
  private record Retiring(LoadedFile file, boolean idle) {}

  RetiringRoutes(CamelContext context, InlineDirectComponent direct) {
    this.context = context;
    this.direct = direct;
  }

  /** Whether so many versions still have exchanges that no more may be added. */
  boolean full() {
    return retiring.size() >= MAX_FILES;
  }

  /** Ids of all routes that are still there. */
  Set<String> routeIds() {
    Set<String> ids = new HashSet<>();
    retiring.forEach(old -> ids.addAll(old.file.routeIds()));
    return ids;
  }

  /**
   * Adds a version that another has replaced, or whose file is gone. A name that no other version
   * has still leads to it: its exchanges may have to call it.
   */
  void add(LoadedFile file) {
    file.routeIds().forEach(this::stopConsuming);
    retiring.add(new Retiring(file, false));
  }

  /** A route that is called by others is not called any more; any other must not take work. */
  private void stopConsuming(String id) {
    Route route = context.getRoute(id);
    if (route != null && !isCalled(route)) {
      route.getConsumer().stop();
    }
  }

  private static boolean isCalled(Route route) {
    return route.getConsumer() instanceof DirectConsumer
        || route.getEndpoint().getEndpointUri().startsWith("kamelet:");
  }

  /** Removes the versions whose last exchange has ended; returns them. */
  List<LoadedFile> sweep() {
    List<LoadedFile> removed = new ArrayList<>();
    List<Retiring> left = new ArrayList<>();
    for (Retiring old : retiring) {
      boolean idle = isIdle(old.file);
      if (idle && old.idle && remove(old.file.routeIds())) {
        old.file.directNames().forEach(direct::removeRedirect);
        removed.add(old.file);
      } else {
        left.add(new Retiring(old.file, idle));
      }
    }
    retiring = left;
    return removed;
  }

  private boolean isIdle(LoadedFile file) {
    InflightRepository inflight = context.getInflightRepository();
    return file.routeIds().stream().allMatch(id -> inflight.size(id) == 0);
  }

  /** Stops and removes routes; false if one has an exchange again. */
  boolean remove(List<String> ids) {
    try {
      for (String id : ids) {
        if (context.getRoute(id) != null) {
          if (!context.getRouteController().stopRoute(id, 1, TimeUnit.SECONDS, true)) {
            return false;
          }
          context.removeRoute(id);
        }
      }
    } catch (Exception e) { // Camel declares Exception
      LOG.warn("the routes {} could not be stopped and removed", ids, e);
    }
    return true;
  }
}
