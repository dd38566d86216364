package dev.serai.memory.budgets;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetDecision;
import dev.serai.core.budget.BudgetPeriod;
import dev.serai.core.budget.BudgetScope;
import dev.serai.core.caller.Caller;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitingCallsTest {
  private static final int CALLS = 5_000;

  @TempDir Path folder;

  /** Each would stay for a second: under load, that is a task for every call of that second. */
  @Test
  void aDecisionLeavesNoDelayedTaskBehind() {
    Budget budget =
        new Budget(
            "all",
            BudgetScope.ALL,
            Optional.empty(),
            Optional.empty(),
            BudgetPeriod.TOTAL,
            ZoneOffset.UTC,
            Budget.USD,
            false,
            Optional.empty());
    try (TestGateway gateway =
        new TestGateway("sqlite:" + folder.resolve("serai.db"), folder, budget)) {
      List<CompletableFuture<BudgetDecision>> all = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        all.add(gateway.leases.holdLater("request-" + i, gateway.demands(Caller.ANONYMOUS, 1)));
      }
      gateway.started();
      all.forEach(decision -> decision.orTimeout(60, TimeUnit.SECONDS).join());
      BudgetContract.until(
          "no task", () -> ForkJoinPool.commonPool().getDelayedTaskCount() < CALLS / 10);
    }
  }
}
