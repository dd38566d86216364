package dev.serai.core.call;

import dev.serai.core.chat.Usage;
import dev.serai.core.limit.Hold;
import dev.serai.core.problem.GatewayProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What is left to do when a call ends. Confined to the thread that carries the call. */
final class CallEnd {
  private static final Usage NOTHING = Usage.of(0, 0);

  private List<Hold> holds = List.of();
  private List<Hold> ofPlan = List.of();
  private @Nullable BooleanSupplier settlement;
  private @Nullable Runnable afterwards;

  void hold(Hold hold) {
    if (holds.isEmpty()) {
      holds = new ArrayList<>(2);
    }
    holds.add(hold);
  }

  /** Keeps the holds of a plan, and releases those of the plan before. */
  void holdForPlan(List<Hold> taken) {
    ofPlan.forEach(Hold::release);
    ofPlan = taken;
  }

  /** Settles the holds, in order, with what the last attempt used. */
  void settleHolds(List<Attempt> attempts, Optional<GatewayProblem> problem) {
    settle(holds, attempts, problem);
    settle(ofPlan, attempts, problem);
  }

  private static void settle(
      List<Hold> holds, List<Attempt> attempts, Optional<GatewayProblem> problem) {
    for (Hold hold : holds) {
      if (attempts.isEmpty()) {
        hold.recordUsage(NOTHING);
      } else {
        attempts.getLast().reportUse(hold);
      }
      hold.settle(problem);
    }
  }

  /**
   * Keeps the action that accounts for the call.
   *
   * @return false if there is one
   */
  boolean settlement(BooleanSupplier action) {
    boolean first = settlement == null;
    settlement = first ? action : settlement;
    return first;
  }

  /** Keeps the action that follows; one that was given before runs now. */
  void afterwards(Runnable action) {
    Runnable before = afterwards;
    afterwards = action;
    if (before != null) {
      before.run();
    }
  }

  /** Accounts for the call, if that was asked for, and then runs what follows. */
  void runActions() {
    if (settlement != null && settlement.getAsBoolean() && afterwards != null) {
      afterwards.run();
    }
  }
}
