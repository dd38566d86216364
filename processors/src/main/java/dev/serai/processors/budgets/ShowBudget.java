package dev.serai.processors.budgets;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetBook;
import dev.serai.core.budget.BudgetState;
import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;
import java.util.List;

/** Shows a budget with what is spent, held and left of it. Thread-safe. */
final class ShowBudget extends JsonStep {
  private final BudgetBook book;

  ShowBudget(BudgetBook book, EventLoops loops) {
    super(loops);
    this.book = book;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Budget budget =
        book.budgets().find(ManagedBudgets.id(request)).orElseThrow(ManagedBudgets::unknown);
    List<BudgetState> states = book.states(budget);
    JsonWriter json = new JsonWriter().beginObject();
    BudgetJson.write(json, budget, book.budgets());
    BudgetJson.accounts(json, budget, states);
    return json.endObject().bytes();
  }
}
