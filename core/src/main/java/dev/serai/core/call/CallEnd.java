package dev.serai.core.call;

import dev.serai.core.chat.Usage;
import dev.serai.core.limit.Hold;
import dev.serai.core.problem.GatewayProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is left to do for a call: before it is sent, and when it ends. Attempts that run side by
 * side share it. Confined to the thread that carries the call.
 */
final class CallEnd {

  private List<Hold> holds = List.of();
  private List<Hold> ofPlan = List.of();
  private @Nullable Runnable beforeSend;
  private @Nullable BooleanSupplier settlement;
  private @Nullable Runnable afterwards;
  private Optional<GatewayProblem> problem = Optional.empty();
  private boolean over;

  /** Keeps a hold until the call ends, or settles it if the call has ended. */
  void hold(Hold hold) {
    if (hold == Hold.NONE) {
      return;
    }
    if (over) {
      hold.settle(problem);
      return;
    }
    if (holds.isEmpty()) {
      holds = new ArrayList<>(2);
    }
    holds.add(hold);
  }

  /** Keeps the holds of a plan, and releases those of the plan before. */
  void holdForPlan(List<Hold> taken) {
    if (over) {
      taken.forEach(hold -> hold.settle(problem));
    } else {
      ofPlan.forEach(Hold::release);
      ofPlan = taken;
    }
  }

  void beforeSend(Runnable action) {
    beforeSend = action;
  }

  /** Runs what comes before the first request, once; not if the call has ended. */
  void sending() {
    Runnable action = beforeSend;
    beforeSend = null;
    if (action != null && !over) {
      action.run();
    }
  }

  /** Settles the holds, in order, with what the last attempt used. */
  void settleHolds(List<Attempt> attempts, Optional<GatewayProblem> why) {
    over = true;
    problem = why;
    settle(holds, attempts);
    settle(ofPlan, attempts);
  }

  private void settle(List<Hold> taken, List<Attempt> attempts) {
    for (Hold hold : taken) {
      if (attempts.isEmpty()) {
        hold.recordUsage(Usage.NONE);
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
