package dev.serai.gateway.edge;

/** What a path and a method lead to. */
sealed interface RouteMatch permits EdgeRoute, RouteMatch.MethodNotAllowed, RouteMatch.NotFound {
  /**
   * The path is known, the method is not.
   *
   * @param allow the methods it has, as the Allow field lists them
   */
  record MethodNotAllowed(String allow) implements RouteMatch {}

  /** No route has that path. */
  record NotFound() implements RouteMatch {}
}
