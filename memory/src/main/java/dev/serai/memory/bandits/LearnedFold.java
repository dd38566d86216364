package dev.serai.memory.bandits;

import dev.serai.core.bandit.BanditRules;
import dev.serai.core.bandit.BanditState;
import dev.serai.core.bandit.shared.LearnedRow;
import dev.serai.core.bandit.shared.LearnedStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Folds old rows of each name into one, so that few are stored: those that every gateway has read
 * for long, or that are too many. Rows of names of which nothing was learned for long are deleted.
 * Rows that cannot be read stay until then: a newer version may have written them.
 */
final class LearnedFold {
  /** A gateway that could not read for longer misses what others have learned meanwhile. */
  private static final Duration AGE = Duration.ofHours(1);

  private static final int MAX_ROWS = 500;
  private static final Duration KEPT = Duration.ofDays(90);

  private final LearnedStore store;
  private final RowReplay replay;
  private final BanditRules rules;

  LearnedFold(LearnedStore store, RowReplay replay, BanditRules rules) {
    this.store = store;
    this.replay = replay;
    this.rules = rules;
  }

  /** Folds what is old, each name in a step of its own. */
  void run() throws IOException {
    for (String name : store.foldable(AGE.toMillis(), MAX_ROWS)) {
      fold(store.ofName(name));
    }
    store.forget(KEPT.toMillis());
  }

  private void fold(LearnedStore.Rows found) throws IOException {
    List<LearnedRow> rows = found.rows();
    List<LearnedRow> old = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      boolean aged = rows.get(i).writtenMillis() < found.nowMillis() - AGE.toMillis();
      if (aged || i < rows.size() - MAX_ROWS) {
        old.add(rows.get(i));
      }
    }
    List<RowReplay.Readable> folded = replay.readable(old);
    if (folded.isEmpty()) {
      return;
    }
    LearnedRow last = folded.getLast().row();
    BanditState sum = replay.sum(folded, rules, last.writtenMillis());
    store.fold(
        folded.stream().map(RowReplay.Readable::row).toList(),
        new LearnedRow(last.number(), last.name(), "", last.writtenMillis(), sum.text()));
  }
}
