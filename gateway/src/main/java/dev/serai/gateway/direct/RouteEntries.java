package dev.serai.gateway.direct;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.camel.AsyncProcessor;
import org.jspecify.annotations.Nullable;

/** Finds the first processor of a running route by name. Thread-safe; look-ups take no lock. */
final class RouteEntries {
  private final ConcurrentMap<String, AsyncProcessor> running = new ConcurrentHashMap<>();

  /** Registers a route that has started; replaces one of the same name. */
  void add(String name, AsyncProcessor route) {
    running.put(name, route);
  }

  /** Removes a route that stops, unless another has replaced it meanwhile. */
  void remove(String name, AsyncProcessor route) {
    running.remove(name, route);
  }

  @Nullable AsyncProcessor find(String name) {
    return running.get(name);
  }
}
