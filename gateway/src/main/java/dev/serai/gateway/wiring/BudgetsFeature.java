package dev.serai.gateway.wiring;

import dev.serai.core.budget.Budget;
import dev.serai.gateway.management.AdminRequests;
import dev.serai.memory.budgets.BudgetLeases;
import dev.serai.memory.database.Database;
import dev.serai.memory.ledger.Ledger;
import dev.serai.memory.management.ManagementStores;
import dev.serai.processors.admission.HoldBudgets;
import dev.serai.processors.budgets.BudgetSteps;
import dev.serai.processors.routing.ModelResolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps budgets. It starts after the ledger, whose journal must be known. */
final class BudgetsFeature implements Feature {
  /** How long a start waits until the database can lease; after it, calls wait or get 503. */
  private static final Duration FIRST_LEASE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(BudgetsFeature.class);

  private final SharedParts shared;
  private final BudgetLeases leases;
  private final Ledger ledger;
  private final HoldBudgets step;
  private final Managed managed;
  private final boolean mayBeStored;
  private final Duration firstRead;

  /**
   * What stored budgets need.
   *
   * @param keys stores them, and knows the limits of keys
   */
  record Managed(ModelResolver models, ManagementStores stores) {}

  BudgetsFeature(
      SharedParts shared, Database database, AccountingFeature accounting, Managed managed) {
    this.shared = shared;
    this.managed = managed;
    this.ledger = accounting.ledger();
    this.mayBeStored = database.mayHaveRows();
    // the keys, which start before, have waited for a server
    this.firstRead = database.isServer() ? Duration.ZERO : FIRST_LEASE;
    leases =
        new BudgetLeases(
            database, shared.catalogue(), shared.clock(), shared.ticker(), shared.threads());
    List<Budget> budgets = new ArrayList<>();
    shared.settings().budgets().forEach((id, settings) -> budgets.add(settings.budget(id)));
    leases.define(budgets);
    managed.stores().report(leases::replaceStored);
    ledger.report(leases);
    step =
        new HoldBudgets(
            leases,
            managed.models(),
            shared.catalogue(),
            shared.clock(),
            shared.loops(),
            ledger::held);
    shared
        .metrics()
        .gauge(
            "serai.budget.holding",
            "Calls that hold a part of a budget",
            Map.of(),
            leases::holding);
  }

  /** The budgets, of which {@link AlertsFeature} tells. */
  BudgetLeases leases() {
    return leases;
  }

  @Override
  public Map<String, Object> beans() {
    BudgetSteps steps =
        new BudgetSteps(
            leases,
            managed.stores().budgets(),
            AdminRequests.budgets(),
            managed.models(),
            shared.loops());
    Map<String, Object> beans = new HashMap<>(steps.byName());
    beans.put("hold-budgets", step);
    return beans;
  }

  @Override
  public void start() {
    leases.start(new BudgetLeases.Source(ledger::journalName, ledger::leftIsStored));
    try {
      if (mayBeStored && !managed.stores().awaitRead(firstRead)) {
        LOG.warn("budgets: stored budgets are not read yet; they limit no call until then");
      }
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
