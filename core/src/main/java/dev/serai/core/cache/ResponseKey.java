package dev.serai.core.cache;

import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.RoutingCriteria;
import java.util.Set;

/**
 * What two calls must have in common so that the response of one serves the other. Immutable.
 *
 * @param tenant of the caller: another tenant never gets the response
 * @param surface the dialect of the client
 * @param model the model name that is planned
 * @param candidates that the caller may use, in any order
 * @param criteria of the choice among them
 * @param request the request without what does not change its response, as a digest
 * @param features that header fields of the request switch on
 */
public record ResponseKey(
    String tenant,
    String surface,
    String model,
    Set<Candidate> candidates,
    RoutingCriteria criteria,
    String request,
    String features) {
  public ResponseKey {
    candidates = Set.copyOf(candidates);
  }

  /** This key with another request. */
  public ResponseKey with(String digest) {
    return new ResponseKey(tenant, surface, model, candidates, criteria, digest, features);
  }
}
