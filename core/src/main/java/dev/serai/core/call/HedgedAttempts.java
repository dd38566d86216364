package dev.serai.core.call;

import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import java.util.List;

/**
 * The two attempts of a hedged call, which run at the same time: the first one, and the hedge
 * beside it. Has no state; calls are given to its methods on the thread that carries them.
 */
public final class HedgedAttempts {
  private static final int OVERTAKEN_STATUS = 504;

  private HedgedAttempts() {}

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

  /** Whether another attempt of the call runs beside its current one, or has responded. */
  public static boolean runsBeside(Call call) {
    List<Attempt> attempts = call.attempts();
    for (int i = attempts.size() - 2; i >= 0; i--) {
      if (attempts.get(i).endNanos() == 0 || attempts.get(i).problem().isEmpty()) {
        return true;
      }
    }
    return false;
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
    return attempt.problem().isPresent() && isOvertaken(attempt.problem().get());
  }

  /** Whether an attempt has ended for this reason since another one was faster. */
  public static boolean isOvertaken(GatewayProblem problem) {
    return problem instanceof ProviderProblem ended
        && ended.failureCause() == FailureCause.OVERTAKEN;
  }

  /** Whether it has not failed, and the response of another one serves the call. */
  static boolean isUnused(Attempt attempt) {
    return attempt.providerProblem().filter(why -> !why.failureCause().isFailure()).isPresent();
  }

  /**
   * Whether the caller is charged for an attempt beside the one that serves the call, if the call
   * gets a response.
   */
  public static boolean mayBeCharged(Attempt attempt) {
    return isUnused(attempt) && attempt.carrier().filter(AttemptCarrier::isSent).isPresent();
  }

  /**
   * Whether the caller is charged for an attempt beside the one that serves the call: its provider
   * has the request, and the call got a response.
   */
  public static boolean isCharged(Attempt attempt, Call call) {
    return call.isCharged() && mayBeCharged(attempt);
  }
}
