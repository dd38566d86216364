package dev.serai.adapters.dialects.openai.relay;

import dev.serai.core.http.QueryString;
import dev.serai.core.problem.CallerProblem;
import java.util.Optional;
import java.util.Set;

/**
 * A query string without the parameter that is for the gateway.
 *
 * @param text the part that is forwarded to the provider, as the client wrote it
 * @param provider the provider that the client named in it
 */
record RelayQuery(String text, Optional<String> provider) {
  private static final String PROVIDER = "provider";

  static RelayQuery of(String query) {
    for (int i = 0; i < query.length(); i++) {
      if (query.charAt(i) <= ' ' || query.charAt(i) > '~') {
        throw CallerProblem.invalid("The request's query must be percent-encoded.");
      }
    }
    Optional<String> provider = QueryString.of(query).only(PROVIDER);
    return new RelayQuery(
        provider.isEmpty() ? query : QueryString.without(query, Set.of(PROVIDER)), provider);
  }

  boolean isEmpty() {
    return text.isEmpty();
  }
}
