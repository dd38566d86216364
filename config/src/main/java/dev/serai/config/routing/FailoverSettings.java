package dev.serai.config.routing;

import dev.serai.config.annotation.Range;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Failover;
import dev.serai.core.routing.FailureKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which failures of an attempt lead to another candidate, and to which. What an alias leaves out is
 * that of routing.failover.
 *
 * @param kinds the kinds of failure after which the next candidate is tried; if left out, all but
 *     content_filter
 * @param statuses statuses of a provider's reply after which it is tried too, such as 400
 * @param contextWindowFallbacks models that are tried first if the prompt is too long
 * @param contentPolicyFallbacks models that are tried first if a filter of the provider rejects the
 *     content
 */
public record FailoverSettings(
    List<FailureKind> kinds,
    @Range(min = 400, max = 599) List<Integer> statuses,
    List<TargetSettings> contextWindowFallbacks,
    List<TargetSettings> contentPolicyFallbacks) {
  public FailoverSettings {
    kinds = List.copyOf(kinds);
    statuses = List.copyOf(statuses);
    contextWindowFallbacks = List.copyOf(contextWindowFallbacks);
    contentPolicyFallbacks = List.copyOf(contentPolicyFallbacks);
  }

  /** Nothing set. */
  public static FailoverSettings defaults() {
    return new FailoverSettings(List.of(), List.of(), List.of(), List.of());
  }

  /** The same for calls; what is left out comes from {@code general}. */
  public Failover over(Failover general) {
    return equals(defaults())
        ? general
        : new Failover(
            kinds.isEmpty() ? general.kinds() : EnumSet.copyOf(kinds),
            statuses.isEmpty() ? general.statuses() : Set.copyOf(statuses),
            candidates(contextWindowFallbacks, general.contextWindow()),
            candidates(contentPolicyFallbacks, general.contentFilter()));
  }

  private static List<Candidate> candidates(List<TargetSettings> own, List<Candidate> general) {
    return own.isEmpty()
        ? general
        : own.stream().map(one -> new Candidate(one.provider(), one.providerModel())).toList();
  }
}
