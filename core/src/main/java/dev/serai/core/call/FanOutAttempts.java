package dev.serai.core.call;

import dev.serai.core.chat.Usage;
import dev.serai.core.fanout.Aggregation;
import dev.serai.core.fanout.FanOutRules;
import dev.serai.core.limit.Hold;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.routing.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The attempts of a call that is asked of several candidates at once. Each of them is a branch,
 * with a view of the call whose current attempt it is. Has no state; calls are given to its methods
 * on the thread that carries them.
 */
public final class FanOutAttempts {
  private static final int NOT_CHOSEN_STATUS = 502;

  private FanOutAttempts() {}

  /**
   * How many candidates a planned call is asked of at once: 1 unless its alias fans out, and if the
   * call has one candidate, must not be repeated, or may have one attempt only.
   */
  public static int width(Call call) {
    FanOutRules rules = call.plan().rules().fanOut();
    return rules == FanOutRules.OFF ? 1 : width(call, rules, call.plan().candidates().size());
  }

  /**
   * The same of a call that may have no plan.
   *
   * @param candidates how many its plan has
   */
  public static int width(Call call, FanOutRules rules, int candidates) {
    boolean may =
        rules != FanOutRules.OFF
            && call.request() instanceof ChatRequest chat
            && !chat.isTokenCount()
            && chat.repeatable();
    int most = Math.min(candidates, call.bounds().maxAttempts());
    return may ? Math.max(1, Math.min(rules.width(), most)) : 1;
  }

  /**
   * Begins an attempt at each of these candidates, in this order. The call must have none yet; the
   * last one becomes its current one.
   *
   * @return the call as each of the attempts sees it: that one is its current one, and no candidate
   *     follows. The views share the holds of the call, and never end
   */
  public static List<Call> begin(Call call, List<Candidate> candidates) {
    List<Call> views = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      Call view = new Call(call);
      view.setPlan(call.plan().keeping(candidates::contains));
      view.beginAttempt(candidate).markBranch();
      views.add(view);
    }
    views.forEach(view -> call.attempts().add(view.current()));
    for (Call view : views) {
      Attempt own = view.current();
      view.attempts().clear();
      view.attempts().addAll(call.attempts());
      view.attempts().remove(own);
      view.attempts().add(own);
    }
    return views;
  }

  /** Whether the response of the current attempt will be compared with others. */
  public static boolean isCompared(Call call) {
    return call.current().isBranch()
        && !call.plan().rules().fanOut().aggregation().equals(Optional.of(Aggregation.FIRST_WIN));
  }

  /** The whole response of a branch is there: its attempt ends, and the call goes on. */
  public static void responded(Call view) {
    view.endAttempt();
  }

  /** The response of another branch was chosen: this one has a response that is not used. */
  public static void leave(Call view) {
    Attempt attempt = view.current();
    String provider = attempt.candidate().provider();
    attempt.recordProblem(
        ProviderProblem.of(provider, FailureCause.NOT_CHOSEN, NOT_CHOSEN_STATUS)
            .message("Another response than that of the provider '" + provider + "' was chosen.")
            .build());
    view.endAttempt();
  }

  /**
   * Reports to a hold of a call what the call used: the last attempt, and those that were unused.
   */
  static void reportUse(List<Attempt> attempts, Hold hold) {
    Attempt last = attempts.getLast();
    Optional<Usage> used = last.usage();
    long input = 0;
    long output = 0;
    for (int i = 0; i < attempts.size() - 1; i++) {
      Optional<Usage> other = attempts.get(i).usage();
      if (other.isPresent() && HedgedAttempts.isUnused(attempts.get(i))) {
        input += other.get().input();
        output += other.get().output();
      }
    }
    if (input + output == 0 || used.isEmpty()) {
      AttemptHolds.reportUse(last, hold);
    } else {
      hold.recordUsage(Usage.of(input + used.get().input(), output + used.get().output()));
    }
  }
}
