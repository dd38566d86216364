package dev.serai.processors.routing.strategy;

import dev.serai.core.call.Call;
import dev.serai.core.routing.Strategy;
import java.util.Arrays;

/**
 * Measures what a plan costs by each strategy: requirements, scores and order of 2 and of 200
 * candidates whose facts are known. A program, not a test; {@code ./serai bench routing plans} runs
 * it. It ends with 1 if the median plan of a strategy takes longer than the goal.
 */
public final class CostOfPlans {
  private static final int ROUNDS = 4;
  private static final int CALLS = 20_000;

  /** Microseconds for 200 candidates, in the last round. */
  private static final double GOAL = 20;

  private CostOfPlans() {}

  public static void main(String[] arguments) {
    boolean missed = false;
    for (int round = 1; round <= ROUNDS; round++) {
      for (Strategy strategy : Strategy.values()) {
        double few = median(strategy, 2);
        double many = median(strategy, 200);
        if (round == ROUNDS) {
          System.out.printf(
              "%-16s p50 with 2 candidates %5.2f us, with 200 %5.1f us%n",
              strategy.label(), few, many);
          missed |= many > GOAL;
        }
      }
    }
    System.out.println(missed ? "missed: 20 us with 200 candidates" : "all within 20 us");
    System.exit(missed ? 1 : 0);
  }

  private static double median(Strategy strategy, int candidates) {
    PlannedCalls calls = new PlannedCalls(strategy, candidates);
    long[] nanos = new long[CALLS];
    for (int i = 0; i < CALLS; i++) {
      Call call = calls.receive();
      long start = System.nanoTime();
      Ranking ranking = calls.plan(call);
      nanos[i] = System.nanoTime() - start;
      calls.answer(call, ranking);
    }
    Arrays.sort(nanos);
    return nanos[CALLS / 2] / 1000.0;
  }
}
