package dev.serai.processors.budgets;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetBook;
import dev.serai.core.budget.BudgetState;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.JsonReply;
import dev.serai.processors.support.OffLoop;
import dev.serai.processors.support.PathId;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Shows a budget with what is spent, held and left of it. Thread-safe. */
public final class ShowBudget extends OffLoop {
  private static final String PATH = "/v1/budgets/";

  private final BudgetBook book;

  public ShowBudget(BudgetBook book, EventLoops loops) {
    super(loops);
    this.book = book;
  }

  @Override
  protected void work(Exchange exchange) {
    String id = id(Calls.body(exchange, InboundRequest.class));
    Budget budget = book.budgets().find(id).orElseThrow(ShowBudget::unknown);
    List<BudgetState> states = book.states(budget);
    JsonWriter json = new JsonWriter().beginObject();
    BudgetJson.write(json, budget, book.budgets()).name("accounts").beginArray();
    states.forEach(state -> BudgetJson.write(json, budget, state));
    exchange.getMessage().setBody(JsonReply.uncached(json.endArray().endObject().bytes()));
  }

  /** The ID in the path of a request. */
  static String id(InboundRequest request) {
    return PathId.after(PATH, request);
  }

  static CallerProblem unknown() {
    return new CallerProblem(
        404,
        "budget_not_found",
        "There is no budget with that ID. GET /v1/budgets lists them.",
        Optional.of("id"));
  }
}
