package dev.serai.gateway.direct;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.camel.AsyncProcessor;
import org.jspecify.annotations.Nullable;

/** Where the routes that run begin, by name. Thread-safe; finding one takes no lock. */
final class RouteEntries {
  private final ConcurrentMap<String, AsyncProcessor> open = new ConcurrentHashMap<>();

  /** From now on the name leads to this route, whatever it led to before. */
  void open(String name, AsyncProcessor route) {
    open.put(name, route);
  }

  /** The name leads nowhere, unless another route has taken it meanwhile. */
  void close(String name, AsyncProcessor route) {
    open.remove(name, route);
  }

  @Nullable AsyncProcessor find(String name) {
    return open.get(name);
  }
}
