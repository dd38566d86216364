package dev.serai.core.call;

import dev.serai.core.problem.ProviderProblem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the second attempt ended that a call made because its first one was late. */
public enum HedgeOutcome {
  /** Its first token came first: it serves the call. */
  WON,
  /** The first attempt was faster after all. */
  LOST,
  /** It failed. */
  FAILED,
  /** Nothing was sent: a limit, a circuit breaker or a full queue of its provider refused it. */
  REFUSED;

  /** Its name in metrics and spans. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Of a call that has ended; empty if it was not hedged. Called on the thread that carries the
   * call.
   */
  public static Optional<HedgeOutcome> of(Call call) {
    List<Attempt> attempts = call.attempts();
    for (int i = 0; attempts.size() > 1 && i < attempts.size(); i++) {
      if (attempts.get(i).isHedge()) {
        return Optional.of(of(attempts.get(i), i == attempts.size() - 1));
      }
    }
    return Optional.empty();
  }

  private static HedgeOutcome of(Attempt second, boolean last) {
    if (HedgedAttempts.isOvertaken(second)) {
      return LOST;
    }
    Optional<ProviderProblem> failed = second.providerProblem();
    if (failed.filter(problem -> problem.failureCause().nothingSent()).isPresent()) {
      return REFUSED;
    }
    boolean responded = second.problem().isEmpty() || second.firstTokenNanos() != 0;
    return last && responded ? WON : FAILED;
  }
}
