package dev.serai.gateway.wiring;

import dev.serai.config.Settings;
import dev.serai.core.call.CallListener;
import java.util.List;
import java.util.Map;

/**
 * One area of the gateway: the beans that it gives to routes, the listeners that are called for
 * every call that has ended, and what runs in the background. {@link Wiring} lists all features.
 */
interface Feature extends AutoCloseable {
  /** Steps, components and other beans by the name that routes and Camel use. */
  default Map<String, Object> beans() {
    return Map.of();
  }

  /** Called once for each call that has ended, on its event loop. */
  default List<CallListener> listeners() {
    return List.of();
  }

  /** What cannot be used now, such as the database, which calls do not need, or the ledger. */
  default List<String> unavailable() {
    return List.of();
  }

  /**
   * Applies what other settings say and needs no restart. Called after each change, on one thread
   * at a time, while calls run.
   */
  default void replace(Settings fresh) {}

  /** Starts what runs in the background. Camel runs already, and the routes are loaded. */
  default void start() {}

  /** Stops what {@link #start} started; also after a start that failed. */
  @Override
  default void close() {}
}
