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
 * Teaches a bandit what the attempts of one call at the targets that it has drawn from were worth.
 * An attempt that says nothing about its candidate teaches nothing: one that was not sent, that the
 * client left before the first token, or that the provider refused because of the request. A
 * candidate that refuses whatever it is asked has failed.
 */
final class Lesson extends Hold {
  private final Bandits bandits;
  private final Drawn drawn;
  private final Call call;
  private final CandidateStats stats;

  /**
   * @param stats have measured the attempts of the call before they are taught
   */
  Lesson(Bandits bandits, Drawn drawn, Call call, CandidateStats stats) {
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
      } else if (Measured.hasAnswered(attempt)) {
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
