package dev.serai.core.call;

import dev.serai.core.chat.Usage;
import dev.serai.core.experiment.assigned.Shadows;
import dev.serai.core.fanout.FanOutResult;
import dev.serai.core.limit.Hold;
import dev.serai.core.model.Persona;
import dev.serai.core.problem.GatewayProblem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done in the course of a call: before its first request is sent, and when it ends.
 * Attempts that run side by side share it, each on a thread of its own. Holds and what is done
 * before the first request are safe for all of them; the rest is confined to the thread that
 * carries the call. What runs or settles does so without the monitor.
 */
public final class CallLifecycle {
  private static final Runnable NOTHING = () -> {};

  private List<Hold> holds = List.of();
  private List<Hold> ofPlan = List.of();
  private Runnable beforeSend = NOTHING;
  private @Nullable BooleanSupplier settlement;
  private @Nullable Runnable afterwards;
  private Optional<GatewayProblem> problem = Optional.empty();
  private Optional<FanOutResult> fanOut = Optional.empty();
  private Optional<Shadows> shadows = Optional.empty();
  private String prompt = "";
  private Persona.Memory memory = Persona.Memory.SESSION;
  private Set<ResponseUse> uses = Set.of();
  private boolean over;

  /** Keeps a hold until the call ends, or settles it if the call has ended. */
  void hold(Hold hold) {
    if (hold == Hold.NONE) {
      return;
    }
    if (!keep(hold)) {
      hold.settle(problem);
    }
  }

  private synchronized boolean keep(Hold hold) {
    if (over) {
      return false;
    }
    if (holds.isEmpty()) {
      holds = new ArrayList<>(2);
    }
    holds.add(hold);
    return true;
  }

  /**
   * Settles {@code taken} after the other holds when the call ends; at once if it has ended. Those
   * of a plan that was made before are released: its candidates are not tried.
   */
  public void holdForPlan(List<Hold> taken) {
    List<Hold> before = replaceOfPlan(taken);
    if (before == taken) {
      taken.forEach(hold -> hold.settle(problem));
    } else {
      before.forEach(Hold::release);
    }
  }

  /** Those of the plan before; {@code taken} if the call has ended. */
  private synchronized List<Hold> replaceOfPlan(List<Hold> taken) {
    if (over) {
      return taken;
    }
    List<Hold> before = ofPlan;
    ofPlan = taken;
    return before;
  }

  /** What has come of the fan-out of the call; empty if one candidate was asked at once. */
  public Optional<FanOutResult> fanOut() {
    return fanOut;
  }

  /** The call is asked of several candidates at once, and this has come of it so far. */
  public void recordFanOut(FanOutResult result) {
    fanOut = Optional.of(result);
  }

  /** The stored prompt that is in the request, as {@code name@version}; empty if none is. */
  public String prompt() {
    return prompt;
  }

  /** What the call does with the stored session that it names. */
  public Persona.Memory memory() {
    return memory;
  }

  /** A stored prompt is in the request, with what its persona says of sessions. */
  public void recordPrompt(String label, Persona.Memory sessions) {
    prompt = label;
    memory = sessions;
  }

  /** What a response is kept for. */
  public enum ResponseUse {
    /** A model scores it. */
    SCORE,
    /** It is compared with the format that the request asked for. */
    FORMAT
  }

  /** Lets the response be read, and kept until the call ends. To be said before an attempt. */
  public void keepResponse(ResponseUse use) {
    Set<ResponseUse> all = EnumSet.of(use);
    all.addAll(uses);
    uses = all;
  }

  /** Whether the response is read, and kept until the call ends. */
  public boolean keepsResponse() {
    return !uses.isEmpty();
  }

  /** Whether the response is kept for that. */
  public boolean keepsResponse(ResponseUse use) {
    return uses.contains(use);
  }

  /** Lets the call be copied once it has been answered. */
  public void setShadows(Shadows copies) {
    shadows = Optional.of(copies);
  }

  /** The copies that are made of the call once it has been answered. */
  public Optional<Shadows> shadows() {
    return shadows;
  }

  /** Runs {@code action} right before the first request to a provider is sent; not if none is. */
  public synchronized void beforeSend(Runnable action) {
    beforeSend = action;
  }

  /** A request of the call is sent to a provider next. */
  public void sending() {
    takeBeforeSend().run();
  }

  private synchronized Runnable takeBeforeSend() {
    Runnable action = beforeSend;
    beforeSend = NOTHING;
    return over ? NOTHING : action;
  }

  /**
   * Settles the holds, in order, with what the last attempt used, and what those used whose
   * responses were not sent.
   */
  void settleHolds(List<Attempt> attempts, Optional<GatewayProblem> why) {
    end(why);
    settle(holds, attempts);
    settle(ofPlan, attempts);
  }

  /** No hold is added from here on. */
  private synchronized void end(Optional<GatewayProblem> why) {
    over = true;
    problem = why;
  }

  private void settle(List<Hold> taken, List<Attempt> attempts) {
    for (Hold hold : taken) {
      if (attempts.isEmpty()) {
        hold.recordUsage(Usage.NONE);
      } else {
        FanOutAttempts.reportUse(attempts, hold);
      }
      hold.settle(problem);
    }
  }

  /**
   * Runs {@code action} when the call ends; at once if it has ended.
   *
   * @param action returns whether everything about the call is recorded
   * @throws IllegalStateException if called twice
   */
  public void onEnd(BooleanSupplier action) {
    if (settlement != null) {
      throw new IllegalStateException("settle-usage runs twice for a call");
    }
    settlement = action;
    if (over) {
      runActions();
    }
  }

  /**
   * Runs {@code action} after that of {@link #onEnd}, if that one recorded everything. To be given
   * before the call ends. It replaces an action that was given before, which runs now.
   */
  public void afterEnd(Runnable action) {
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
