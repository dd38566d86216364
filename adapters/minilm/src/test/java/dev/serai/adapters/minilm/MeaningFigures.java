package dev.serai.adapters.minilm;

import dev.serai.adapters.minilm.PromptPairs.Kind;
import java.io.IOException;
import java.util.logging.LogManager;

/**
 * Measures which of {@link PromptPairs} the cache takes for the same question. A program, not a
 * test; {@code ./serai bench cache} runs it. It ends with 1 when a goal is missed.
 */
public final class MeaningFigures {
  private static final long SEED = 2026;
  private static final int PAIRS = 2_000;
  private static final double[] THRESHOLDS = {0.0, 0.7, 0.8, 0.85, 0.9, 0.95};

  private MeaningFigures() {}

  /** Prints the figures. */
  public static void main(String[] arguments) throws IOException {
    LogManager.getLogManager().reset(); // the figures alone
    ComparedPairs pairs = ComparedPairs.compare(PromptPairs.make(SEED, PAIRS));
    System.out.printf("%d pairs, %d of them near misses%n", PAIRS, pairs.nearMisses());
    for (boolean guarded : new boolean[] {false, true}) {
      for (double threshold : THRESHOLDS) {
        System.out.printf(
            "%s threshold %.2f: hits %.1f %% of the paraphrases, false hits %.1f %% of the near"
                + " misses%n",
            guarded ? "with the words compared," : "by embeddings alone,   ",
            threshold,
            100 * pairs.hits(guarded, threshold),
            100 * pairs.falseHits(guarded, threshold));
      }
    }
    for (Kind kind : Kind.values()) {
      System.out.printf("%-10s %4d pairs, %d hits%n", kind, pairs.count(kind), pairs.served(kind));
    }
    double threshold = ComparedPairs.THRESHOLD;
    boolean met = pairs.hits(true, threshold) >= 0.3 && pairs.falseHits(true, threshold) <= 0.01;
    System.out.printf(
        "95 %% sure: at most %.2f %% of such near misses are served%n", 100 * pairs.bound());
    System.out.println("goal: hits >= 30 %, false hits <= 1 %: " + (met ? "met" : "missed"));
    System.exit(met ? 0 : 1); // without waiting for what runs in the background
  }
}
