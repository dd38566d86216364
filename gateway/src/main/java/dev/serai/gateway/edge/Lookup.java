package dev.serai.gateway.edge;

/** What a path and a method lead to. */
sealed interface Lookup permits Route, Lookup.OtherMethod, Lookup.Nowhere {
  /**
   * The path is known, the method is not.
   *
   * @param allow the methods it has, as the Allow field lists them
   */
  record OtherMethod(String allow) implements Lookup {}

  /** No route has that path. */
  record Nowhere() implements Lookup {}
}
