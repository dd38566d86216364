package dev.serai.gateway.wiring;

import dev.serai.core.budget.Budget;
import dev.serai.memory.budgets.BudgetLeases;
import dev.serai.memory.database.Database;
import dev.serai.memory.ledger.Ledger;
import dev.serai.processors.admission.HoldBudgets;
import dev.serai.processors.routing.ModelResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps budgets. It starts before the ledger and closes after it, which then has every cost. */
final class BudgetsFeature implements Feature {
  private final BudgetLeases leases;
  private final Ledger ledger;
  private final HoldBudgets step;

  BudgetsFeature(SharedParts shared, Database database, Ledger ledger, ModelResolver models) {
    this.ledger = ledger;
    leases =
        new BudgetLeases(
            new BudgetLeases.Parts(
                database, shared.catalogue(), shared.clock(), shared.ticker(), shared.threads()));
    List<Budget> budgets = new ArrayList<>();
    shared.settings().budgets().forEach((id, settings) -> budgets.add(settings.budget(id)));
    leases.define(budgets);
    ledger.report(leases);
    step =
        new HoldBudgets(
            leases,
            models,
            new HoldBudgets.Parts(
                shared.catalogue(), shared.clock(), shared.loops(), ledger::held));
    shared
        .metrics()
        .gauge(
            "serai.budget.holding",
            "Calls that hold a part of a budget",
            Map.of(),
            leases::holding);
  }

  @Override
  public Map<String, Object> beans() {
    return Map.of("hold-budgets", step);
  }

  @Override
  public void start() {
    leases.start(new BudgetLeases.Source(ledger::journalName, ledger::leftIsStored));
  }

  @Override
  public void close() {
    leases.close();
  }
}
