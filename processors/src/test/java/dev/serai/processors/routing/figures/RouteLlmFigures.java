package dev.serai.processors.routing.figures;

import dev.serai.core.bandit.BanditAlgorithm;
import dev.serai.processors.routing.figures.RouteLlm.Curve;
import dev.serai.processors.routing.figures.RouteLlm.Row;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints the curves of cost and quality of each bandit over RouteLLM's questions. A program, not a
 * test. Argument: how many runs, each of which learns from other questions.
 */
public final class RouteLlmFigures {
  private RouteLlmFigures() {}

  public static void main(String[] arguments) {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50;
    print("MMLU", rows("mmlu"), 1_500, runs);
    print("GSM8K", rows("gsm8k"), 660, runs);
    print("both", RouteLlm.rows(), 1_500, runs);
  }

  private static List<Row> rows(String benchmark) {
    return RouteLlm.rows().stream().filter(row -> row.benchmark().equals(benchmark)).toList();
  }

  private static void print(String name, List<Row> rows, int learned, int runs) {
    System.out.printf("%s: %d questions, %d to learn from%n", name, rows.size(), learned);
    for (BanditAlgorithm algorithm : BanditAlgorithm.values()) {
      Curve curve = RouteLlm.curve(rows, learned, algorithm, runs);
      System.out.printf(
          "  %-9s APGR %.3f, CPT(50 %%) %.1f %%, CPT(80 %%) %.1f %%; recovered at 10 %% to 90 %%:"
              + " %s%n",
          algorithm.text(),
          curve.recovered(),
          100 * curve.half(),
          100 * curve.most(),
          Arrays.stream(curve.levels())
              .limit(9)
              .mapToObj(share -> "%.2f".formatted(share))
              .collect(Collectors.joining(" ")));
    }
  }
}
