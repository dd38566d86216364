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
 * Teaches a bandit what the attempts of one call were worth. An attempt that says nothing about its
 * candidate teaches nothing: one that was not sent, that the provider refused because of the
 * request, or that the client left before the first token.
 */
final class Lesson extends Hold {
  private final Bandits bandits;
  private final Drawn drawn;
  private final Call call;
  private final RewardRules rules;

  Lesson(Bandits bandits, Drawn drawn, Call call, RewardRules rules) {
    this.bandits = bandits;
    this.drawn = drawn;
    this.call = call;
    this.rules = rules;
  }

  @Override
  protected void onSettle(Optional<GatewayProblem> problem) {
    for (Attempt attempt : call.attempts()) {
      if (Measured.hasFailed(attempt)) {
        learn(attempt, RewardRules.Outcome.FAILED);
      } else if (Measured.hasAnswered(attempt)) {
        Duration took = Duration.ofNanos(attempt.endNanos() - attempt.readyNanos());
        learn(attempt, new RewardRules.Outcome(true, 1, took));
      }
    }
  }

  private void learn(Attempt attempt, RewardRules.Outcome outcome) {
    drawn
        .bandit()
        .learn(drawn.situation(), bandits.arm(attempt.candidate()), rules.learned(outcome));
  }

  @Override
  protected void onRelease() {}
}
