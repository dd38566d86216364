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
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * Holds what a planned call may cost at most in every budget that counts it, or refuses the call.
 * If a budget that is used up has a fallback model, the call is planned for that model instead and
 * asks the other budgets only; if that model does not have what the client requires, the call is
 * refused. If it is not known yet how much is left, the exchange waits for a second at most,
 * without a thread. Thread-safe.
 */
public final class HoldBudgets extends AsyncProcessorSupport {
  private final BudgetBook book;
  private final CallDemands demands;
  private final ModelResolver models;
  private final Parts parts;

  /**
   * What the step works with.
   *
   * @param held receives every call that holds something, right before it is sent to a provider, on
   *     its event loop
   */
  public record Parts(
      ModelCatalogue catalogue, InstantSource clock, EventLoops loops, Consumer<Call> held) {}

  public HoldBudgets(BudgetBook book, ModelResolver models, Parts parts) {
    this.book = book;
    this.models = models;
    this.parts = parts;
    this.demands = new CallDemands(parts.catalogue(), parts.clock());
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    BudgetSet budgets = book.budgets();
    return budgets.isEmpty()
        ? done(callback)
        : hold(exchange, budgets.of(Calls.of(exchange).caller()), callback);
  }

  private boolean hold(Exchange exchange, List<Budget> budgets, AsyncCallback callback) {
    try {
      Call call = Calls.of(exchange);
      List<BudgetDemand> wanted = demands.of(call, budgets);
      if (wanted.isEmpty()) {
        return done(callback);
      }
      BudgetDecision now = book.hold(call.requestId(), wanted);
      if (!(now instanceof BudgetDecision.Unknown)) {
        return decided(exchange, now, budgets, callback);
      }
      var _ =
          book.holdLater(call.requestId(), wanted)
              .thenAccept(later -> proceed(exchange, later, budgets, callback));
      return false;
    } catch (RuntimeException e) { // the route's error handling takes over
      exchange.setException(e);
      return done(callback);
    }
  }

  /** Goes on with the decision, on the event loop of the exchange. */
  private void proceed(
      Exchange exchange, BudgetDecision later, List<Budget> budgets, AsyncCallback callback) {
    AsyncCallback asynchronous = _ -> callback.done(false);
    parts.loops().of(exchange).execute(() -> decided(exchange, later, budgets, asynchronous));
  }

  private boolean decided(
      Exchange exchange, BudgetDecision decision, List<Budget> budgets, AsyncCallback callback) {
    Call call = Calls.of(exchange);
    switch (decision) {
      case BudgetDecision.Held _ -> {
        if (call.outcome().isPresent()) {
          book.release(call.requestId()); // the client has disconnected meanwhile
        } else {
          call.beforeSend(() -> parts.held().accept(call)); // what only waits costs nothing
        }
      }
      case BudgetDecision.Refused refused -> {
        if (canFallBack(call, refused)) {
          return fallBack(exchange, refused, budgets, callback);
        }
        exchange.setException(refused.problem());
      }
      case BudgetDecision.Unknown _ ->
          throw new IllegalStateException("the budgets must decide in the end");
    }
    return done(callback);
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
      exchange.setException(unfit ? refused.problem() : e);
      return done(callback);
    }
    return hold(exchange, others, callback);
  }

  private static boolean done(AsyncCallback callback) {
    callback.done(true);
    return true;
  }
}
