package dev.serai.gateway.edge;

import dev.serai.gateway.edge.RouteMatch.MethodNotAllowed;
import dev.serai.gateway.edge.RouteMatch.NotFound;
import dev.serai.gateway.telemetry.RequestMeters;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.camel.component.netty.http.HttpServerConsumerChannelFactory;
import org.apache.camel.component.netty.http.NettyHttpConsumer;

/**
 * Finds the route of a path and a method among the routes of one port. An exact path wins over a
 * template, a template over a prefix, a longer prefix over a shorter one. Thread-safe: look-ups
 * read an immutable table that every change replaces.
 */
final class RouteTable implements HttpServerConsumerChannelFactory {
  private static final RouteMatch NOT_FOUND = new NotFound();

  private final RequestMeters meters;
  private final List<NettyHttpConsumer> consumers = new ArrayList<>();
  private volatile Table table = new Table(Map.of(), List.of());
  private int port;

  /** Routes without a wildcard by path; the others in order of precedence. */
  private record Table(Map<String, List<EdgeRoute>> exact, List<EdgeRoute> others) {}

  RouteTable(RequestMeters meters) {
    this.meters = meters;
  }

  RouteMatch find(String path, String method) {
    Table current = table;
    List<EdgeRoute> exact = current.exact.get(path);
    if (exact != null) {
      for (EdgeRoute route : exact) {
        if (route.accepts(method)) {
          return route;
        }
      }
      return new MethodNotAllowed(allow(exact));
    }
    return findAmong(current.others, path, method);
  }

  private static RouteMatch findAmong(List<EdgeRoute> others, String path, String method) {
    List<EdgeRoute> refused = new ArrayList<>(0);
    for (EdgeRoute route : others) {
      if (route.matches(path)) {
        if (route.accepts(method)) {
          return route;
        }
        refused.add(route);
      }
    }
    return refused.isEmpty() ? NOT_FOUND : new MethodNotAllowed(allow(refused));
  }

  private static String allow(List<EdgeRoute> routes) {
    TreeSet<String> methods = new TreeSet<>();
    methods.add("OPTIONS");
    for (EdgeRoute route : routes) {
      methods.addAll(
          route.methods().isEmpty()
              ? List.of("DELETE", "GET", "PATCH", "POST", "PUT")
              : route.methods());
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return String.join(", ", methods);
  }

  @Override
  public synchronized void addConsumer(NettyHttpConsumer consumer) {
    if (!consumers.contains(consumer)) {
      consumers.add(consumer);
      rebuild();
    }
  }

  @Override
  public synchronized void removeConsumer(NettyHttpConsumer consumer) {
    consumers.remove(consumer);
    rebuild();
  }

  @Override
  public synchronized int consumers() {
    return consumers.size();
  }

  private void rebuild() {
    Map<String, List<EdgeRoute>> exact = new HashMap<>();
    List<EdgeRoute> others = new ArrayList<>();
    for (NettyHttpConsumer consumer : consumers) {
      EdgeRoute route = EdgeRoute.of(consumer, meters);
      if (route.isTemplate() || route.prefix()) {
        others.add(route);
      } else {
        exact.computeIfAbsent(route.path(), path -> new ArrayList<>(2)).add(route);
      }
    }
    others.sort(mostSpecificFirst());
    table = new Table(exact, others);
  }

  private static Comparator<EdgeRoute> mostSpecificFirst() {
    return Comparator.comparing(EdgeRoute::prefix)
        .thenComparing(route -> route.path().length(), Comparator.reverseOrder());
  }

  @Override
  public synchronized void init(int servedPort) {
    port = servedPort;
  }

  @Override
  public synchronized int getPort() {
    return port;
  }

  /** Camel's own pipeline would install this; ours never calls it. */
  @Override
  public ChannelHandler getChannelHandler() {
    return new ChannelInboundHandlerAdapter();
  }
}
