package dev.serai.gateway.telemetry;

/** Told how long requests took. Thread-safe. */
public interface RequestMeters {
  /** Counts nothing. */
  RequestMeters NONE = route -> (method, status, nanos) -> {};

  /**
   * The meter of a route; asked once when the route starts.
   *
   * @param route its path as it is declared, never one that a caller sent; empty for requests that
   *     led to no route
   */
  RouteMeter of(String route);

  /** The meter of one route. Thread-safe; called on event loops, so it never blocks. */
  interface RouteMeter {
    /**
     * A request is over.
     *
     * @param method as the caller sent it; empty if it could not be read
     * @param status of the reply; 499 if the caller left before there was one
     * @param nanos from its head until the last byte was handed to the socket
     */
    void ended(String method, int status, long nanos);
  }
}
