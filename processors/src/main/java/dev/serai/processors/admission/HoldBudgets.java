package dev.serai.processors.admission;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetBook;
import dev.serai.core.budget.BudgetDecision;
import dev.serai.core.budget.BudgetDemand;
import dev.serai.core.budget.BudgetSet;
import dev.serai.core.call.Call;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.processors.routing.ModelResolver;
import dev.serai.processors.support.AsyncStep;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Holds what a planned call may cost at most in every budget that counts it, or refuses the call.
 * If a budget that is used up has a fallback model, the call is planned for that model instead and
 * asks the other budgets only; if that model does not have what the client requires, the call is
 * refused. If it is not known yet how much is left, the exchange waits for a second at most,
 * without a thread. Thread-safe.
 */
public final class HoldBudgets extends AsyncStep {
  private final BudgetBook book;
  private final CallDemands demands;
  private final ModelResolver models;
  private final EventLoops loops;
  private final Consumer<Call> held;

  /**
   * @param held receives every call that holds something, right before it is sent to a provider, on
   *     its event loop
   */
  public HoldBudgets(
      BudgetBook book,
      ModelResolver models,
      ModelCatalogue catalogue,
      InstantSource clock,
      EventLoops loops,
      Consumer<Call> held) {
    this.book = book;
    this.models = models;
    this.loops = loops;
    this.held = held;
    this.demands = new CallDemands(catalogue, clock);
  }

  @Override
  public boolean begin(Exchange exchange, AsyncCallback callback) {
    BudgetSet budgets = book.budgets();
    return budgets.isEmpty()
        || isServed(exchange)
        || hold(exchange, budgets.of(Calls.of(exchange).caller()), callback);
  }

  /** Whether a stored response serves the call, so that it costs nothing. */
  private static boolean isServed(Exchange exchange) {
    return Calls.of(exchange).cacheUse().isHit();
  }

  /** Whether it is decided; if not, the callback is called later. */
  private boolean hold(Exchange exchange, List<Budget> budgets, AsyncCallback callback) {
    Call call = Calls.of(exchange);
    List<BudgetDemand> wanted = demands.of(call, budgets);
    if (wanted.isEmpty()) {
      return true;
    }
    BudgetDecision now = book.hold(call.requestId(), wanted);
    if (!(now instanceof BudgetDecision.Unknown)) {
      return decided(exchange, now, budgets, callback);
    }
    var _ =
        book.holdLater(call.requestId(), wanted)
            .thenAccept(
                later ->
                    loops.of(exchange).execute(() -> proceed(exchange, later, budgets, callback)));
    return false;
  }

  /** Goes on with the decision, on the event loop of the exchange. */
  private void proceed(
      Exchange exchange, BudgetDecision later, List<Budget> budgets, AsyncCallback callback) {
    boolean ended = true;
    try {
      ended = decided(exchange, later, budgets, callback);
    } catch (RuntimeException e) { // the route's error handling takes over
      exchange.setException(e);
    }
    if (ended) {
      callback.done(false);
    }
  }

  private boolean decided(
      Exchange exchange, BudgetDecision decision, List<Budget> budgets, AsyncCallback callback) {
    Call call = Calls.of(exchange);
    return switch (decision) {
      case BudgetDecision.Held _ -> {
        if (call.outcome().isPresent()) {
          book.release(call.requestId()); // the client has disconnected meanwhile
        } else {
          call.lifecycle().beforeSend(() -> held.accept(call)); // what only waits costs nothing
        }
        yield true;
      }
      case BudgetDecision.Refused refused -> {
        if (!canFallBack(call, refused)) {
          throw refused.problem();
        }
        yield fallBack(exchange, refused, budgets, callback);
      }
      case BudgetDecision.Unknown _ ->
          throw new IllegalStateException("the budgets must decide in the end");
    };
  }

  private static boolean canFallBack(Call call, BudgetDecision.Refused refused) {
    return call.request() instanceof ChatRequest
        && refused.problem().status() == 429
        && refused.by().budget().fallbackModel().isPresent();
  }

  private boolean fallBack(
      Exchange exchange,
      BudgetDecision.Refused refused,
      List<Budget> budgets,
      AsyncCallback callback) {
    List<Budget> others = new ArrayList<>(budgets);
    others.remove(refused.by().budget());
    try {
      String model = refused.by().budget().fallbackModel().orElseThrow();
      Calls.plan(exchange, models.resolve(model, Calls.of(exchange)));
    } catch (GatewayProblem e) {
      boolean unfit = e.status() == 400; // it does not have what the client requires
      throw unfit ? refused.problem() : e;
    }
    return hold(exchange, others, callback);
  }
}
