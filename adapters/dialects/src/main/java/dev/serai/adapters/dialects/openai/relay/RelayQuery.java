package dev.serai.adapters.dialects.openai.relay;

import dev.serai.core.problem.CallerProblem;
import java.util.Optional;

/**
 * A query string without the parameter that is for the gateway.
 *
 * @param text the part that is forwarded to the provider, as the client wrote it
 * @param provider the provider that the client named in it
 */
record RelayQuery(String text, Optional<String> provider) {
  private static final String PROVIDER = "provider=";

  static RelayQuery of(String query) {
    for (int i = 0; i < query.length(); i++) {
      if (query.charAt(i) <= ' ' || query.charAt(i) > '~') {
        throw CallerProblem.invalid("The request's query must be percent-encoded.");
      }
    }
    int at = query.startsWith(PROVIDER) ? 0 : query.indexOf("&" + PROVIDER);
    if (at < 0) {
      return new RelayQuery(query, Optional.empty());
    }
    int from = query.indexOf('=', at) + 1;
    int next = query.indexOf('&', from);
    String before = query.substring(0, at);
    String after = next < 0 ? "" : query.substring(at == 0 ? next + 1 : next);
    String named = query.substring(from, next < 0 ? query.length() : next);
    return new RelayQuery(before + after, Optional.of(named));
  }

  boolean isEmpty() {
    return text.isEmpty();
  }
}
