package dev.serai.core.call;

import dev.serai.core.chat.Usage;
import dev.serai.core.limit.Hold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The holds of one attempt, which end with it. Confined to the thread that carries the call. */
final class AttemptHolds {
  private final Attempt attempt;
  private List<Hold> taken = List.of();

  AttemptHolds(Attempt attempt) {
    this.attempt = attempt;
  }

  /** Keeps a hold until the attempt ends, or settles it if the attempt has ended. */
  void add(Hold hold) {
    if (hold == Hold.NONE) {
      return;
    }
    if (attempt.endNanos() != 0) {
      settle(hold);
    } else if (taken.isEmpty()) {
      taken = List.of(hold); // few attempts have more
    } else {
      taken = new ArrayList<>(taken);
      taken.add(hold);
    }
  }

  /** Settles the holds, in order. */
  void settle() {
    for (int i = 0; i < taken.size(); i++) {
      settle(taken.get(i));
    }
  }

  private void settle(Hold hold) {
    reportUse(attempt, hold);
    hold.settle(attempt.problem());
  }

  /** Reports to a hold what an attempt used: the whole of what was expected if nothing is known. */
  static void reportUse(Attempt attempt, Hold hold) {
    Optional<Usage> usage = attempt.usage();
    if (usage.isPresent()) {
      hold.recordUsage(usage.get());
    } else if (attempt.pieces() > 0) {
      hold.recordPieces(attempt.pieces());
    } else if (attempt.problem().isPresent() || attempt.firstTokenNanos() == 0) {
      hold.recordUsage(Usage.NONE);
    }
  }
}
