package dev.serai.core.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which failures of an attempt lead to another candidate, and to which. An attempt of which nothing
 * was sent, as with an open circuit breaker, always leads to the next candidate. Immutable.
 *
 * @param kinds the kinds of failure after which the next candidate of the plan is tried
 * @param statuses statuses of a provider's reply after which it is tried whatever their kind
 * @param contextWindow candidates that are tried first if the prompt is too long
 * @param contentFilter candidates that are tried first if the content is rejected
 */
public record Failover(
    Set<FailureKind> kinds,
    Set<Integer> statuses,
    List<Candidate> contextWindow,
    List<Candidate> contentFilter) {
  /**
   * Every kind but the content filter: what one provider rejects is not sent to another unasked.
   */
  public static final Failover DEFAULT =
      new Failover(
          EnumSet.complementOf(EnumSet.of(FailureKind.CONTENT_FILTER)),
          Set.of(),
          List.of(),
          List.of());

  public Failover {
    Set<FailureKind> given = EnumSet.noneOf(FailureKind.class);
    given.addAll(kinds);
    kinds = Collections.unmodifiableSet(given);
    statuses = Set.copyOf(statuses);
    contextWindow = List.copyOf(contextWindow);
    contentFilter = List.copyOf(contentFilter);
  }

  /** Whether the next candidate of the plan is tried after that failure. */
  public boolean leadsOn(Optional<FailureKind> kind, int status) {
    return kind.filter(kinds::contains).isPresent() || statuses.contains(status);
  }

  /** The candidates that are tried first after a failure of that kind; none for most kinds. */
  public List<Candidate> first(Optional<FailureKind> kind) {
    if (kind.isEmpty()) {
      return List.of();
    }
    return switch (kind.get()) {
      case CONTEXT_WINDOW -> contextWindow;
      case CONTENT_FILTER -> contentFilter;
      default -> List.of();
    };
  }

  /** Whether any candidate may follow a content filter. */
  public boolean followsContentFilter() {
    return kinds.contains(FailureKind.CONTENT_FILTER) || !contentFilter.isEmpty();
  }

  /** Whether it names candidates of its own. */
  public boolean hasCandidates() {
    return !contextWindow.isEmpty() || !contentFilter.isEmpty();
  }

  /** The candidates that it names. */
  public List<Candidate> candidates() {
    if (!hasCandidates()) {
      return List.of();
    }
    List<Candidate> all = new ArrayList<>(contextWindow);
    all.addAll(contentFilter);
    return all;
  }

  /** The same with only those candidates. */
  public Failover keeping(Predicate<Candidate> kept) {
    return mapping(candidate -> Optional.of(candidate).filter(kept));
  }

  /** The same with other names of its candidates; empty leaves one out. */
  public Failover mapping(Function<Candidate, Optional<Candidate>> name) {
    return hasCandidates()
        ? new Failover(kinds, statuses, mapped(contextWindow, name), mapped(contentFilter, name))
        : this;
  }

  private static List<Candidate> mapped(
      List<Candidate> candidates, Function<Candidate, Optional<Candidate>> name) {
    return candidates.stream().flatMap(one -> name.apply(one).stream()).distinct().toList();
  }
}
