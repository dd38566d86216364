package dev.serai.core.summary;

import dev.serai.core.summary.SummaryStore.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Chooses the messages that a summary is made of next: the oldest whole turns. The newest quarter
 * of the messages stays as it is, three at least, and so do pinned ones. A call of a tool is never
 * divided from its result, also if other turns were stored between them. Pure.
 */
public final class OlderMessages {
  private static final int FEWEST_KEPT = 3;
  private static final int KEPT_SHARE = 4;

  private final CompressionRules rules;
  private final List<Row> rows;
  private final List<Boolean> divisible = new ArrayList<>();

  private OlderMessages(CompressionRules rules, List<Row> rows) {
    this.rules = rules;
    this.rows = rows;
  }

  /**
   * What is to be summarised.
   *
   * @param upTo the number of the last message
   * @param tokens about how many the messages have
   */
  public record Choice(long upTo, int messages, long tokens) {}

  /**
   * The next ones; empty if the session is not long enough, or there is too little besides what
   * stays.
   *
   * @param callId reads from the metadata of a message of a tool which call it belongs to; empty if
   *     that is unknown
   */
  public static Optional<Choice> choose(
      CompressionRules rules, SummaryStore.State state, Function<String, String> callId) {
    long all =
        state.summary().map(SessionSummary::tokens).orElse(0L)
            + state.rows().stream().mapToLong(Row::tokens).sum();
    if (!rules.isDue(all)) {
      return Optional.empty();
    }
    List<Row> turns = state.rows().stream().filter(row -> !row.pinned()).toList();
    return new OlderMessages(rules, turns).choose(callId);
  }

  private Optional<Choice> choose(Function<String, String> callId) {
    findDivisible(callId);
    int kept = Math.max(FEWEST_KEPT, (rows.size() + KEPT_SHARE - 1) / KEPT_SHARE);
    int chosen = 0;
    long chosenTokens = 0;
    long tokens = 0;
    for (int i = 0; i < rows.size() - kept; i++) {
      tokens += rows.get(i).tokens();
      if (chosen > 0 && tokens > rules.largestPass()) {
        break;
      }
      if (divisible.get(i + 1)) {
        chosen = i + 1;
        chosenTokens = tokens;
      }
    }
    return chosenTokens < rules.smallestPass()
        ? Optional.empty()
        : Optional.of(new Choice(rows.get(chosen - 1).number(), chosen, chosenTokens));
  }

  /** Notes before which messages a turn begins and no result waits for its call. */
  private void findDivisible(Function<String, String> callId) {
    rows.forEach(row -> divisible.add(row.user()));
    Map<String, Integer> open = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Optional<SummaryStore.ToolPart> tool = rows.get(i).tool();
      if (tool.isPresent()) {
        String id = callId.apply(tool.get().metadata());
        Integer call = tool.get().result() ? open.remove(id) : open.putIfAbsent(id, i);
        if (tool.get().result() && call != null) {
          divisible.subList(call + 1, i + 1).replaceAll(_ -> false);
        }
      }
    }
  }
}
