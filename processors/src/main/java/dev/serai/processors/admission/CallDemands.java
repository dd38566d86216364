package dev.serai.processors.admission;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetAccount;
import dev.serai.core.budget.BudgetDemand;
import dev.serai.core.call.Call;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.request.ModelRequest;
import dev.serai.core.request.Operation;
import dev.serai.core.request.ResponseBounds;
import dev.serai.core.routing.Candidate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Finds the budgets that count a call, and what it may cost each of them at most: of several
 * candidates the most expensive counts. A candidate without a known price is left out of the plan,
 * unless the budget allows it. Thread-safe.
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
      for (Candidate candidate : call.plan().possible()) {
        List<BudgetAccount> accounts =
            budget.accounts(call.caller(), candidate.model(), now.toEpochMilli());
        if (accounts.isEmpty()) {
          continue;
        }
        OptionalLong price = price(candidate);
        if (price.isPresent() || budget.allowsUnpriced()) {
          for (BudgetAccount account : accounts) {
            raise(new BudgetDemand(budget, account, price.orElse(0), call.caller().tenant()), to);
          }
        } else {
          leaveOut(candidate, budget);
        }
      }
    }

    /** Adds a demand, unless the list has one of its account that is as high. */
    private static void raise(BudgetDemand demand, List<BudgetDemand> all) {
      for (int i = all.size() - 1; i >= 0; i--) {
        if (all.get(i).account().equals(demand.account())) {
          if (demand.nanoUsd() > all.get(i).nanoUsd()) {
            all.set(i, demand);
          }
          return;
        }
      }
      if (demand.nanoUsd() > 0) {
        all.add(demand);
      }
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
