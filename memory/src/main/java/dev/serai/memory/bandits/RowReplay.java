package dev.serai.memory.bandits;

import dev.serai.core.bandit.Bandit;
import dev.serai.core.bandit.BanditAlgorithm;
import dev.serai.core.bandit.BanditRules;
import dev.serai.core.bandit.BanditState;
import dev.serai.core.bandit.shared.LearnedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds rows up as a bandit would have that had learned them when they were written: what is older
 * has faded as much. Not thread-safe.
 */
final class RowReplay {
  private static final Logger LOG = LoggerFactory.getLogger(RowReplay.class);
  private static final int MAX_REPORTED = 1_000;

  private final Set<Long> reported = new HashSet<>();

  /** A row that was read. */
  record Readable(LearnedRow row, BanditState state) {}

  /** The state of a row; empty if it cannot be read, which is reported once. */
  Optional<BanditState> state(LearnedRow row) {
    try {
      return Optional.of(BanditState.parse(row.state()));
    } catch (IllegalArgumentException e) {
      if (reported.size() < MAX_REPORTED && reported.add(row.number())) {
        LOG.warn(
            "bandits: row {} of what was learned, which is of the model {}, is left out: {}",
            row.number(),
            row.name(),
            e.getMessage());
      }
      return Optional.empty();
    }
  }

  /** The rows that can be read. */
  List<Readable> readable(List<LearnedRow> rows) {
    List<Readable> readable = new ArrayList<>();
    for (LearnedRow row : rows) {
      state(row).ifPresent(state -> readable.add(new Readable(row, state)));
    }
    return readable;
  }

  /**
   * What is known after all of them.
   *
   * @param nowMillis what is known ages until then; by the clock of the store
   */
  BanditState sum(List<Readable> rows, BanditRules rules, long nowMillis) {
    long[] clock = {0};
    BanditRules cheap = // the sums of all algorithms are the same
        new BanditRules(
            BanditAlgorithm.UCB, rules.halfLife(), rules.maxTrials(), Double.MAX_VALUE, false);
    Bandit bandit =
        new Bandit(cheap, RandomGenerator::getDefault, () -> Instant.ofEpochMilli(clock[0]));
    for (Readable each : rows) {
      clock[0] = each.row().writtenMillis();
      bandit.add(each.state());
    }
    clock[0] = nowMillis;
    return bandit.state();
  }
}
