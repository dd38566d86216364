package dev.serai.processors.budgets;

import dev.serai.core.budget.BudgetBook;
import dev.serai.core.budget.BudgetSet;
import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;

/** Lists the budgets. Thread-safe. */
final class ListBudgets extends JsonStep {
  private final BudgetBook book;

  ListBudgets(BudgetBook book, EventLoops loops) {
    super(loops);
    this.book = book;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    JsonWriter json =
        new JsonWriter().beginObject().member("object", "list").name("data").beginArray();
    BudgetSet budgets = book.budgets();
    budgets
        .listed()
        .forEach(budget -> BudgetJson.write(json.beginObject(), budget, budgets).endObject());
    return json.endArray().endObject().bytes();
  }
}
