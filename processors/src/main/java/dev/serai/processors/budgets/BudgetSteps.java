package dev.serai.processors.budgets;

import dev.serai.core.budget.BudgetBook;
import dev.serai.core.budget.stored.BudgetRequest;
import dev.serai.core.budget.stored.BudgetStore;
import dev.serai.processors.routing.ModelResolver;
import dev.serai.processors.support.EventLoops;
import java.util.Map;
import org.apache.camel.Processor;

/** Makes the steps that show and manage budgets. Immutable; the steps are thread-safe. */
public final class BudgetSteps {
  private final BudgetBook book;
  private final BudgetStore store;
  private final BudgetRequest.Reader reader;
  private final ManagedBudgets managed;
  private final EventLoops loops;

  /**
   * @param book the budgets that are in force
   * @param models knows the models that calls may fall back to
   */
  public BudgetSteps(
      BudgetBook book,
      BudgetStore store,
      BudgetRequest.Reader reader,
      ModelResolver models,
      EventLoops loops) {
    this.book = book;
    this.store = store;
    this.reader = reader;
    this.managed = new ManagedBudgets(book, store, models);
    this.loops = loops;
  }

  /** The steps by the name that routes use. */
  public Map<String, Processor> byName() {
    return Map.of(
        "list-budgets", new ListBudgets(book, loops),
        "show-budget", new ShowBudget(book, loops),
        "create-budget", new CreateBudget(managed, store, reader, loops),
        "change-budget", new ChangeBudget(managed, store, reader, loops),
        "delete-budget", new DeleteBudget(managed, store, loops));
  }
}
