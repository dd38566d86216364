package dev.serai.gateway.wiring;

import dev.serai.core.budget.Budget;
import dev.serai.memory.budgets.BudgetLeases;
import dev.serai.memory.database.Database;
import dev.serai.memory.ledger.Ledger;
import dev.serai.processors.admission.HoldBudgets;
import dev.serai.processors.budgets.ListBudgets;
import dev.serai.processors.budgets.ShowBudget;
import dev.serai.processors.routing.ModelResolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps budgets. It starts after the ledger, whose journal must be known. */
final class BudgetsFeature implements Feature {
  /** How long a start waits until the database can lease; after it, calls wait or get 503. */
  private static final Duration FIRST_LEASE = Duration.ofSeconds(5);

  private final SharedParts shared;
  private final BudgetLeases leases;
  private final Ledger ledger;
  private final HoldBudgets step;

  BudgetsFeature(
      SharedParts shared, Database database, AccountingFeature accounting, ModelResolver models) {
    this.shared = shared;
    this.ledger = accounting.ledger();
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
    return Map.of(
        "hold-budgets", step,
        "list-budgets", new ListBudgets(leases, shared.loops()),
        "show-budget", new ShowBudget(leases, shared.loops()));
  }

  @Override
  public void start() {
    leases.start(new BudgetLeases.Source(ledger::journalName, ledger::leftIsStored));
    try {
      leases.awaitFirst(FIRST_LEASE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    leases.close();
  }
}
