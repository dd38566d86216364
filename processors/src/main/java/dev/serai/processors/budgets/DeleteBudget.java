package dev.serai.processors.budgets;

import dev.serai.core.budget.stored.BudgetStore;
import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;

/** Deletes a stored budget. Thread-safe. */
final class DeleteBudget extends JsonStep {
  private final ManagedBudgets budgets;
  private final BudgetStore store;

  DeleteBudget(ManagedBudgets budgets, BudgetStore store, EventLoops loops) {
    super(loops);
    this.budgets = budgets;
    this.store = store;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    String id = ManagedBudgets.id(request);
    budgets.requireManaged(caller, id);
    if (!store.delete(id)) {
      throw ManagedBudgets.unknown();
    }
    return deleted(id);
  }
}
