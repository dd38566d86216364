package dev.serai.processors.attempt;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.HedgedAttempts;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Failover;
import dev.serai.core.routing.FailureKind;
import dev.serai.core.routing.Plan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Decides which candidates may follow a failed attempt, as the {@link Failover} of the plan says:
 * those that it names for the kind of the failure, then the rest of the plan if the kind leads on.
 * After a prompt that was too long only models whose context window is larger, or is not known, are
 * left of the rest. Thread-safe.
 */
public final class NextCandidates {
  private final Function<Candidate, OptionalInt> contextWindow;
  private final int maxAttempts;

  /**
   * @param contextWindow of a model, in tokens; empty if it is not known
   * @param maxAttempts how many attempts of a call reach a provider, unless its alias says it
   */
  public NextCandidates(Function<Candidate, OptionalInt> contextWindow, int maxAttempts) {
    this.contextWindow = contextWindow;
    this.maxAttempts = maxAttempts;
  }

  /**
   * Plans what follows the failure of the current attempt. If no other candidate may follow a
   * failure that could pass, the plan ends with the candidates that were tried.
   *
   * @return whether a candidate that was not tried follows
   */
  boolean follow(Call call, ProviderProblem problem) {
    Plan plan = call.plan();
    List<Candidate> left = left(call);
    List<Candidate> next =
        problem.failureCause().nothingSent()
            ? left
            : next(call, FailureKind.of(problem), status(call.current(), problem), left);
    if (!next.equals(left) && (!next.isEmpty() || problem.failureCause().retryable())) {
      List<Candidate> all = new ArrayList<>();
      for (Attempt attempt : call.attempts()) {
        if (!attempt.repeated()) {
          all.add(attempt.candidate());
        }
      }
      all.addAll(next);
      call.setPlan(plan.with(all));
    }
    return !next.isEmpty();
  }

  /**
   * Whether another candidate would be tried after the current attempt if that failed in that way.
   */
  boolean mayFollow(Call call, FailureKind kind) {
    return call.hasPlan()
        && call.request().repeatable()
        && sent(call) < maxAttempts(call)
        && !next(call, Optional.of(kind), 0, left(call)).isEmpty();
  }

  /**
   * Whether the call may still get another response if the current attempt fails because its own is
   * of no use: another candidate would be tried, or is being tried beside it.
   */
  boolean mayReplaceResponse(Call call) {
    return HedgedAttempts.runsBeside(call) || mayFollow(call, FailureKind.INVALID_RESPONSE);
  }

  /**
   * Whether the call may still get another response if a filter withholds the whole response of the
   * current attempt.
   */
  boolean mayReplaceFiltered(Call call) {
    return HedgedAttempts.runsBeside(call) || followsContentFilter(call);
  }

  private boolean followsContentFilter(Call call) {
    return call.hasPlan()
        && call.plan().rules().failover().followsContentFilter()
        && sent(call) < maxAttempts(call)
        && !next(call, Optional.of(FailureKind.CONTENT_FILTER), 0, left(call)).isEmpty();
  }

  /** How many attempts of a call may reach a provider. */
  public int maxAttempts(Call call) {
    return Math.min(
        call.plan().rules().maxAttempts().orElse(maxAttempts), call.bounds().maxAttempts());
  }

  /**
   * Counts the attempts that were sent to a provider: with an open breaker, for example, nothing is
   * sent.
   */
  static int sent(Call call) {
    int sent = 0;
    for (Attempt attempt : call.attempts()) {
      boolean held =
          attempt.providerProblem().filter(p -> p.failureCause().nothingSent()).isPresent();
      sent += held ? 0 : 1;
    }
    return sent;
  }

  private List<Candidate> next(
      Call call, Optional<FailureKind> kind, int status, List<Candidate> left) {
    Failover failover = call.plan().rules().failover();
    boolean leads = failover.leadsOn(kind, status);
    boolean tooLong = kind.filter(FailureKind.CONTEXT_WINDOW::equals).isPresent();
    List<Candidate> named = failover.first(kind);
    if (named.isEmpty() && leads && !tooLong) {
      return left;
    }
    Set<Candidate> next = new LinkedHashSet<>(named);
    if (leads) {
      left.stream()
          .filter(one -> !tooLong || mayBeLarger(one, call.current().candidate()))
          .forEach(next::add);
    }
    call.attempts().forEach(attempt -> next.remove(attempt.candidate()));
    return List.copyOf(next);
  }

  private static List<Candidate> left(Call call) {
    List<Candidate> all = call.plan().candidates();
    return all.subList(Math.min(call.candidatesTried(), all.size()), all.size());
  }

  /** The status of the provider's reply; that of the problem if an event reports it. */
  private static int status(Attempt attempt, ProviderProblem problem) {
    int replied = attempt.providerStatus();
    return replied >= 400 ? replied : problem.status();
  }

  private boolean mayBeLarger(Candidate other, Candidate tried) {
    OptionalInt known = contextWindow.apply(tried);
    OptionalInt larger = contextWindow.apply(other);
    return known.isEmpty() || larger.isEmpty() || larger.getAsInt() > known.getAsInt();
  }
}
