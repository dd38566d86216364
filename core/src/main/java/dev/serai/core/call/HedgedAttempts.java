package dev.serai.core.call;

import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of the second attempt that a call made because its first one was late. Calls are
 * given to its methods on the thread that carries them.
 */
public enum Hedge {
  /** Its first token came first: it serves the call. */
  WON,
  /** The first attempt was faster after all. */
  LOST,
  /** It failed. */
  FAILED,
  /** Nothing was sent: a limit, a circuit breaker or a full queue of its provider refused it. */
  REFUSED;

  private static final int OVERTAKEN_STATUS = 504;

  /** Its name in metrics and spans. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Begins a second attempt beside the current one of a call, which stays its current one.
   *
   * @return the same call as the second attempt sees it: that is its current one. It shares the
   *     holds of the call, and never ends
   */
  public static Call begin(Call call, Candidate other) {
    Call beside = new Call(call);
    Attempt second = beside.beginAttempt(other);
    second.markHedge();
    call.attempts().add(call.attempts().size() - 1, second);
    return beside;
  }

  /** The call goes on with its second attempt, which becomes its current one. */
  public static void follow(Call call, Call beside) {
    Attempt second = beside.current();
    call.attempts().remove(second);
    call.attempts().add(second);
    beside.placeholders().ifPresent(call::setPlaceholders);
  }

  /** Whether another attempt of the call runs beside its current one. */
  public static boolean runsBeside(Call call) {
    List<Attempt> attempts = call.attempts();
    for (int i = attempts.size() - 2; i >= 0; i--) {
      if (attempts.get(i).endNanos() == 0) {
        return true;
      }
    }
    return false;
  }

  /** Of a call that has ended; empty if it was not hedged. */
  public static Optional<Hedge> of(Call call) {
    List<Attempt> attempts = call.attempts();
    for (int i = 0; attempts.size() > 1 && i < attempts.size(); i++) {
      if (attempts.get(i).isHedge()) {
        return Optional.of(of(attempts.get(i), i == attempts.size() - 1));
      }
    }
    return Optional.empty();
  }

  private static Hedge of(Attempt second, boolean last) {
    if (isOvertaken(second)) {
      return LOST;
    }
    Optional<ProviderProblem> failed = second.providerProblem();
    if (failed.filter(problem -> problem.failureCause().nothingSent()).isPresent()) {
      return REFUSED;
    }
    boolean responded = second.problem().isEmpty() || second.firstTokenNanos() != 0;
    return last && responded ? WON : FAILED;
  }

  /** Why an attempt ends that another one has overtaken. */
  public static ProviderProblem overtaken(Attempt attempt) {
    String provider = attempt.candidate().provider();
    return ProviderProblem.of(provider, FailureCause.OVERTAKEN, OVERTAKEN_STATUS)
        .message("Another candidate responded before the provider '" + provider + "' did.")
        .build();
  }

  /** Whether another attempt that ran beside it was faster. */
  public static boolean isOvertaken(Attempt attempt) {
    return attempt.problem().isPresent()
        && attempt.problem().get() instanceof ProviderProblem failed
        && failed.failureCause() == FailureCause.OVERTAKEN;
  }

  /**
   * Whether the caller is charged for an attempt that was overtaken: its provider has the request,
   * and the call got a response.
   */
  public static boolean isCharged(Attempt attempt, Call call) {
    return isOvertaken(attempt)
        && call.isCharged()
        && attempt.carrier().filter(AttemptCarrier::isSent).isPresent();
  }
}
