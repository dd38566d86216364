package dev.serai.adapters.minilm;

import dev.serai.adapters.minilm.Conversations.Kind;
import dev.serai.adapters.minilm.Recall.Part;
import dev.serai.core.memory.search.MemorySearch.Mode;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.logging.LogManager;

/**
 * Measures {@link Recall} for each mode of search. A program, not a test; {@code ./serai bench
 * memory recall} runs it. It ends with 1 when hybrid is not above the other modes.
 */
public final class RecallFigures {
  private static final long FIRST_SEED = 2026;
  private static final int CONVERSATIONS = 10;

  private RecallFigures() {}

  /** Prints the figures. */
  public static void main(String[] arguments) throws IOException {
    LogManager.getLogManager().reset(); // the figures alone
    Map<Mode, Double> means = new EnumMap<>(Mode.class);
    try (Recall recall = new Recall()) {
      long began = System.nanoTime();
      for (int i = 0; i < CONVERSATIONS; i++) {
        recall.add(FIRST_SEED + i);
      }
      System.out.printf(
          "%d turns of %d conversations stored and embedded in %.1f s%n",
          recall.turns(), CONVERSATIONS, (System.nanoTime() - began) / 1e9);
      for (Mode mode : Mode.values()) {
        Map<Kind, Part> kinds = recall.of(mode);
        Part all = Recall.all(kinds);
        means.put(mode, all.mean());
        System.out.printf("%-8s recall@10 %.3f of %d:", mode, all.mean(), all.questions());
        kinds.forEach(
            (kind, part) ->
                System.out.printf(" %s %.3f (%d)", kind, part.mean(), part.questions()));
        System.out.println();
      }
    }
    double other = Math.max(means.get(Mode.KEYWORD), means.get(Mode.SEMANTIC));
    boolean met = means.get(Mode.HYBRID) > other;
    System.out.println(
        "goal: hybrid above keyword alone and semantic alone: " + (met ? "met" : "missed"));
    System.exit(met ? 0 : 1); // without waiting for what runs in the background
  }
}
