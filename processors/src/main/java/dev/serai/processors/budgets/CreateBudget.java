package dev.serai.processors.budgets;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.stored.BudgetRequest;
import dev.serai.core.budget.stored.BudgetStore;
import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;
import java.util.Optional;
import java.util.Set;

/** Stores a budget. Thread-safe. */
final class CreateBudget extends JsonStep {
  private static final Set<String> MEMBERS =
      Set.of(
          "id",
          "scope",
          "value",
          "tenant",
          "limit",
          "period",
          "time_zone",
          "allow_unpriced",
          "fallback_model",
          "hard");

  private final ManagedBudgets budgets;
  private final BudgetStore store;
  private final BudgetRequest.Reader reader;

  CreateBudget(
      ManagedBudgets budgets, BudgetStore store, BudgetRequest.Reader reader, EventLoops loops) {
    super(loops);
    this.budgets = budgets;
    this.store = store;
    this.reader = reader;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Budget budget = reader.read(request.body(), MEMBERS).create(caller.tenant());
    if (!ManagedBudgets.manages(caller, budget)) {
      throw new PermissionProblem(
          "permission_denied",
          "The caller may manage budgets of the tenant '" + caller.tenant() + "' only.",
          Optional.of("tenant"));
    }
    ManagedBudgets.requireCallable(caller, budget);
    budgets.requireModel(budget);
    budgets.requireFreeId(budget.id());
    return BudgetJson.stored(store.create(budget));
  }
}
