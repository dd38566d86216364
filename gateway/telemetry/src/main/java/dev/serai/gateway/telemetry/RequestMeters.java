package dev.serai.gateway.telemetry;

/** Measures how long requests took at the edge. Thread-safe. */
public interface RequestMeters {
  /** Measures nothing. */
  RequestMeters NONE = route -> (method, status, nanos) -> {};

  /**
   * The meter of a route. Called once, when the route starts.
   *
   * @param route the path that the route declares, never one that a caller sent; empty for requests
   *     that match no route
   */
  RouteMeter of(String route);

  /** The meter of one route. Thread-safe; called on event loops, so it never blocks. */
  interface RouteMeter {
    /**
     * Records a request that has ended.
     *
     * @param method as the caller sent it; empty if it could not be read
     * @param status of the reply; 499 if the client disconnected before the reply
     * @param nanos from the head of the request until the last byte of the reply was written to the
     *     socket
     */
    void ended(String method, int status, long nanos);
  }
}
