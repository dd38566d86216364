package dev.serai.processors.budgets;

import dev.serai.core.budget.BudgetBook;
import dev.serai.core.budget.stored.BudgetRequest;
import dev.serai.core.budget.stored.BudgetStore;
import dev.serai.processors.routing.ModelResolver;
import dev.serai.processors.support.EventLoops;
import java.util.Map;
import org.apache.camel.Processor;

/** Makes the steps that show and manage budgets. The steps are thread-safe. */
public final class BudgetSteps {
  private BudgetSteps() {}

  /**
   * What the steps work with.
   *
   * @param book the budgets that are in force
   * @param models knows the models that calls may fall back to
   */
  public record Parts(
      BudgetBook book, BudgetStore store, BudgetRequest.Reader reader, ModelResolver models) {}

  /** The steps by the name that routes use. */
  public static Map<String, Processor> of(Parts parts, EventLoops loops) {
    BudgetStore store = parts.store();
    ManagedBudgets managed = new ManagedBudgets(parts.book(), store, parts.models());
    return Map.of(
        "list-budgets", new ListBudgets(parts.book(), loops),
        "show-budget", new ShowBudget(parts.book(), loops),
        "create-budget", new CreateBudget(managed, store, parts.reader(), loops),
        "change-budget", new ChangeBudget(managed, store, parts.reader(), loops),
        "delete-budget", new DeleteBudget(managed, store, loops));
  }
}
