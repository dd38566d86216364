package dev.serai.processors.admission;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetAccount;
import dev.serai.core.budget.BudgetDemand;
import dev.serai.core.call.Call;
import dev.serai.core.call.FanOutAttempts;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.request.ModelRequest;
import dev.serai.core.request.Operation;
import dev.serai.core.request.ResponseBounds;
import dev.serai.core.routing.AttemptRules.HedgeRules;
import dev.serai.core.routing.Candidate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongBinaryOperator;

/**
 * Finds the budgets that count a call, and what it may cost each of them at most: of several
 * candidates the most expensive counts, with hedging the first two together, and with a fan-out as
 * many as are asked at once. A candidate without a known price is left out of the plan, unless the
 * budget allows it. Thread-safe.
 */
final class CallDemands {
  private static final Set<Operation> FREE = EnumSet.of(Operation.FILES, Operation.MODERATIONS);

  private final WorstCase costs;
  private final InstantSource clock;

  CallDemands(ModelCatalogue catalogue, InstantSource clock) {
    this.costs = new WorstCase(catalogue);
    this.clock = clock;
  }

  /**
   * The demands of a planned call, in the order of the budgets.
   *
   * @param budgets that may count it
   * @throws CallerProblem 403 if no candidate has a known price
   */
  List<BudgetDemand> of(Call call, List<Budget> budgets) {
    if (FREE.contains(call.request().operation())) {
      return List.of();
    }
    Calculation calculation = new Calculation(call);
    List<BudgetDemand> demands = new ArrayList<>(2);
    for (Budget budget : budgets) {
      if (budget.hard()) {
        calculation.add(budget, demands);
      }
    }
    return demands;
  }

  /** The prices of one call. */
  private final class Calculation {
    private final Call call;
    private final Instant now;
    private final Map<Candidate, OptionalLong> prices = new HashMap<>(4);
    private final ResponseBounds bounds;

    Calculation(Call call) {
      this.call = call;
      this.now = Instant.ofEpochMilli(call.timeMillis(clock));
      this.bounds = bounds(call.request());
    }

    void add(Budget budget, List<BudgetDemand> to) {
      Map<BudgetAccount, Long> amounts = new LinkedHashMap<>(2);
      int hedged = call.plan().rules().hedging() == HedgeRules.OFF ? 1 : 2;
      int together = Math.max(hedged, FanOutAttempts.width(call));
      int counted = 0;
      for (Candidate candidate : call.plan().possible()) {
        List<BudgetAccount> accounts =
            budget.accounts(call.caller(), candidate.model(), now.toEpochMilli());
        if (!accounts.isEmpty() && (price(candidate).isPresent() || budget.allowsUnpriced())) {
          long price = price(candidate).orElse(0);
          LongBinaryOperator sum = counted < together ? Long::sum : Math::max;
          counted += price == 0 ? 0 : 1; // one without a price may leave its place to the next one
          accounts.forEach(account -> amounts.merge(account, price, sum::applyAsLong));
        } else if (!accounts.isEmpty()) {
          leaveOut(candidate, budget);
        }
      }
      amounts.forEach(
          (account, amount) -> {
            if (amount > 0) {
              to.add(new BudgetDemand(budget, account, amount, call.caller().tenant()));
            }
          });
    }

    private OptionalLong price(Candidate candidate) {
      return prices.computeIfAbsent(
          candidate, one -> costs.nanoUsd(one, call.request(), bounds, now));
    }

    private void leaveOut(Candidate candidate, Budget budget) {
      if (call.plan().candidates().stream().allMatch(candidate::equals)) {
        throw unpriced(candidate, budget);
      }
      call.setPlan(call.plan().keeping(one -> !one.equals(candidate)));
    }
  }

  private static ResponseBounds bounds(ModelRequest request) {
    if (!(request instanceof ChatRequest chat)) {
      return ResponseBounds.UNSET;
    }
    try {
      return chat.bounds();
    } catch (GatewayProblem e) {
      return ResponseBounds.UNSET; // the provider, or the translation, says what is wrong
    }
  }

  private static CallerProblem unpriced(Candidate candidate, Budget budget) {
    return new CallerProblem(
        403,
        "model_not_priced",
        "The price of the model '"
            + candidate.provider()
            + "/"
            + candidate.model()
            + "' is not known, and the budget '"
            + budget.id()
            + "' counts this call. Check the name of the model; then set its price in"
            + " config/models.yaml, or allow_unpriced for the budget.",
        Optional.of("model"));
  }
}
