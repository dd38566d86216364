package dev.serai.processors.budgets;

import dev.serai.core.budget.BudgetBook;
import dev.serai.core.budget.BudgetSet;
import dev.serai.core.json.JsonWriter;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.JsonReply;
import dev.serai.processors.support.OffLoop;
import org.apache.camel.Exchange;

/** Lists the budgets. Thread-safe. */
public final class ListBudgets extends OffLoop {
  private final BudgetBook book;

  public ListBudgets(BudgetBook book, EventLoops loops) {
    super(loops);
    this.book = book;
  }

  @Override
  protected void work(Exchange exchange) {
    JsonWriter json =
        new JsonWriter().beginObject().member("object", "list").name("data").beginArray();
    BudgetSet budgets = book.budgets();
    budgets
        .listed()
        .forEach(budget -> BudgetJson.write(json.beginObject(), budget, budgets).endObject());
    exchange.getMessage().setBody(JsonReply.uncached(json.endArray().endObject().bytes()));
  }
}
