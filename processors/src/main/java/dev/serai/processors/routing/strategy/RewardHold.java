package dev.serai.processors.routing.strategy;

import dev.serai.core.bandit.RewardRules;
import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.limit.Hold;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.processors.routing.strategy.Bandits.Drawn;
import java.time.Duration;
import java.util.Optional;

/**
 * Gives a bandit, when a call ends, the rewards of its attempts at the targets that the bandit has
 * drawn from. An attempt has none if it was not sent, if the client left before the first token, or
 * if the provider refused the request. A candidate that refuses every request has failed. Confined
 * to the thread that carries the call.
 */
final class RewardHold extends Hold {
  private final Bandits bandits;
  private final Drawn drawn;
  private final Call call;
  private final CandidateStats stats;

  /**
   * @param stats have measured the attempts of the call before it ends
   */
  RewardHold(Bandits bandits, Drawn drawn, Call call, CandidateStats stats) {
    this.bandits = bandits;
    this.drawn = drawn;
    this.call = call;
    this.stats = stats;
  }

  @Override
  protected void onSettle(Optional<GatewayProblem> problem) {
    for (Attempt attempt : call.attempts()) {
      if (!drawn.isOf(attempt.candidate())) {
        continue;
      }
      if (hasFailed(attempt)) {
        learn(attempt, RewardRules.Outcome.FAILED);
      } else if (Measured.hasResponded(attempt)) {
        Duration took = Duration.ofNanos(attempt.endNanos() - attempt.readyNanos());
        learn(attempt, new RewardRules.Outcome(true, 1, took));
      }
    }
  }

  private boolean hasFailed(Attempt attempt) {
    return Measured.hasFailed(attempt)
        || Measured.isRefused(attempt) && stats.of(attempt.candidate()).refusesAll();
  }

  private void learn(Attempt attempt, RewardRules.Outcome outcome) {
    drawn
        .bandit()
        .learn(
            drawn.context(), bandits.arm(attempt.candidate()), bandits.reward().learned(outcome));
  }

  /** The call has another plan now. */
  @Override
  protected void onRelease() {}
}
