package dev.serai.processors.budgets;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.stored.BudgetRequest;
import dev.serai.core.budget.stored.BudgetStore;
import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;
import java.util.Set;

/** Changes a stored budget. Thread-safe. */
final class ChangeBudget extends JsonStep {
  private static final Set<String> CHANGEABLE =
      Set.of("limit", "period", "time_zone", "allow_unpriced", "fallback_model", "hard");

  private final ManagedBudgets budgets;
  private final BudgetStore store;
  private final BudgetRequest.Reader reader;

  ChangeBudget(
      ManagedBudgets budgets, BudgetStore store, BudgetRequest.Reader reader, EventLoops loops) {
    super(loops);
    this.budgets = budgets;
    this.store = store;
    this.reader = reader;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    String id = ManagedBudgets.id(request);
    BudgetRequest changes = reader.read(request.body(), CHANGEABLE);
    budgets.requireManaged(caller, id);
    return BudgetJson.stored(
        store
            .change(id, budget -> changed(caller, budget, changes))
            .orElseThrow(ManagedBudgets::unknown));
  }

  /** A lower limit leads calls to the fallback model, too. */
  private Budget changed(Caller caller, Budget budget, BudgetRequest changes) {
    Budget changed = changes.change(budget);
    ManagedBudgets.requireCallable(caller, changed);
    if (changes.fallback().isPresent()) {
      budgets.requireModel(changed);
    }
    return changed;
  }
}
