package dev.serai.memory.budgets;

import dev.serai.core.budget.BudgetDemand;
import dev.serai.core.budget.BudgetScope;
import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.call.HedgedAttempts;
import dev.serai.core.chat.Usage;
import dev.serai.core.model.ModelCatalogue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reduces what a call holds to what it did cost, as soon as it has ended: the ledger may have to
 * wait for its database. Thread-safe.
 */
final class HoldSettlement {
  private final ModelCatalogue catalogue;
  private final InstantSource clock;

  HoldSettlement(ModelCatalogue catalogue, InstantSource clock) {
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /** Does nothing if the cost is not certain yet, because tokens are to be estimated. */
  void settle(Call call, BudgetHold hold) {
    OptionalLong cost = cost(call);
    if (cost.isEmpty()) {
      return;
    }
    for (int i = 0; i < hold.demands().size(); i++) {
      hold.change(i, counts(hold.demands().get(i), call) ? cost.getAsLong() : 0);
    }
  }

  /** Whether the cost is of the demand: of another model, it is not. */
  private static boolean counts(BudgetDemand demand, Call call) {
    return demand.budget().scope() != BudgetScope.MODEL
        || !call.attempts().isEmpty()
            && call.current().candidate().model().equals(demand.account().value());
  }

  private OptionalLong cost(Call call) {
    boolean answered = call.outcome().orElse(Outcome.FAILED) == Outcome.ANSWERED;
    if (call.attempts().isEmpty() || !call.isCharged()) {
      return OptionalLong.of(0); // nothing was delivered
    }
    for (Attempt attempt : call.attempts()) {
      if (HedgedAttempts.isCharged(attempt, call)) {
        return OptionalLong.empty(); // its tokens are estimated
      }
    }
    Attempt last = call.current();
    Optional<Usage> usage = last.usage();
    if (usage.isPresent() && answered) {
      Instant when = Instant.ofEpochMilli(call.timeMillis(clock));
      return OptionalLong.of(catalogue.costNanoUsd(last.candidate(), usage.get(), when).orElse(0));
    }
    return OptionalLong.empty();
  }
}
