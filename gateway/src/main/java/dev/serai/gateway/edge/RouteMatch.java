package dev.serai.gateway.edge;

/** The outcome of a look-up by path and method. */
sealed interface RouteMatch permits EdgeRoute, RouteMatch.MethodNotAllowed, RouteMatch.NotFound {
  /**
   * A route has the path, but not the method.
   *
   * @param allow the methods of the path, in the form of the Allow field
   */
  record MethodNotAllowed(String allow) implements RouteMatch {}

  /** No route has the path. */
  record NotFound() implements RouteMatch {}
}
