package dev.serai.core.bandit;

import java.util.Arrays;
import java.util.List;

/**
 * Prints the regret of the algorithms in each world as ratios to textbook Thompson sampling of the
 * same tasks, and how much of a failed model's calls still go to it. A program, not a test.
 * Arguments: how many seeds, and the algorithms.
 */
public final class RoutingFigures {
  private RoutingFigures() {}

  public static void main(String[] arguments) {
    int seeds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
    List<BanditAlgorithm> algorithms =
        arguments.length > 1
            ? Arrays.stream(arguments).skip(1).map(BanditAlgorithm::of).toList()
            : List.of(BanditAlgorithm.values());
    for (World.Kind kind : World.Kind.values()) {
      WorldRun textbook = WorldRun.mean(seeds, seed -> WorldRun.textbook(kind, seed));
      System.out.printf("%s: regret of textbook Thompson %.1f%n", kind, textbook.regret());
      for (BanditAlgorithm algorithm : algorithms) {
        BanditRules rules = BanditRules.of(algorithm);
        WorldRun run = WorldRun.mean(seeds, seed -> WorldRun.of(kind, rules, seed));
        System.out.printf(
            "  %-9s regret %7.1f, ratio %.3f; share of the failed model: %.3f before, %.4f after%n",
            algorithm.text(),
            run.regret(),
            run.regret() / textbook.regret(),
            run.before(),
            run.after());
      }
    }
  }
}
