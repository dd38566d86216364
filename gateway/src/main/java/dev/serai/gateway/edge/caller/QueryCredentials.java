package dev.serai.gateway.edge.caller;

import dev.serai.core.http.QueryString;
import java.util.Set;

/**
 * Removes the parameters of a query that are named like a credential, in every spelling: what a
 * client puts there by mistake is its own key, and no provider gets it. Stateless.
 */
final class QueryCredentials {
  private static final Set<String> NAMES = Set.of("key", "api_key", "api-key", "access_token");

  private QueryCredentials() {}

  /** Whether a query may have such a parameter; false for most queries, without reading them. */
  static boolean mayBeIn(String query) {
    return !query.isEmpty()
        && (query.indexOf('%') >= 0 || query.contains("key") || query.contains("access_token"));
  }

  /** The query without these parameters; the others stay as the client wrote them. */
  static String removedFrom(String query) {
    return mayBeIn(query) ? QueryString.without(query, NAMES) : query;
  }
}
