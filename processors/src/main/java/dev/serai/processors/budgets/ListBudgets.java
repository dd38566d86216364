package dev.serai.processors.budgets;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetBook;
import dev.serai.core.budget.BudgetSet;
import dev.serai.core.budget.BudgetState;
import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.Pages;
import dev.serai.processors.support.EventLoops;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lists the budgets; those that have one account with what is spent, held and left of it.
 * Thread-safe.
 */
final class ListBudgets extends JsonStep {
  private final BudgetBook book;

  ListBudgets(BudgetBook book, EventLoops loops) {
    super(loops);
    this.book = book;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Pages.requireNone(request);
    JsonWriter json =
        new JsonWriter().beginObject().member("object", "list").name("data").beginArray();
    BudgetSet budgets = book.budgets();
    Map<String, BudgetState> states = book.onlyStates(budgets.listed());
    for (Budget budget : budgets.listed()) {
      BudgetJson.write(json.beginObject(), budget, budgets);
      Optional.ofNullable(states.get(budget.id()))
          .ifPresent(state -> BudgetJson.accounts(json, budget, List.of(state)));
      json.endObject();
    }
    return json.endArray().endObject().bytes();
  }
}
