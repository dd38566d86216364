package dev.serai.memory.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetDecision;
import dev.serai.core.budget.BudgetPeriod;
import dev.serai.memory.database.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresBudgetTest extends ClockContract {
  @RegisterExtension static final PostgresServer server = new PostgresServer();

  @Override
  String url() {
    return server.url();
  }

  @Test
  void withoutTheDatabaseCallsGoOnWithinTheLeaseAndThenGet503() throws Exception {
    Budget budget = budget(1_000_000, BudgetPeriod.MONTH);
    TestGateway gateway = start(budget, "a");
    assertThat(gateway.call(caller, 100, 100)).isTrue();
    server.stop();
    try {
      assertThat(gateway.call(caller, 100, 100)).isTrue();
      BudgetDecision decision = gateway.hold(gateway.begun(), caller, 900_000);
      assertThat(decision).isInstanceOf(BudgetDecision.Refused.class);
      BudgetDecision.Refused refused = (BudgetDecision.Refused) decision;
      assertThat(refused.problem().code()).isEqualTo("budget_unavailable");
      assertThat(refused.problem().status()).isEqualTo(503);
    } finally {
      server.startAgain();
    }
    until("the database again", () -> gateway.call(caller, 900_000, 100));
  }
}
