package dev.serai.processors.retry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  @Test
  void retriesStayAFifthOfTheTraffic() {
    RetryBudget budget = new RetryBudget(20);
    int retries = 0;
    for (int call = 0; call < 10_000; call++) {
      budget.earn();
      retries += budget.spend() ? 1 : 0;
    }
    assertThat(retries).isBetween(2_000, 2_010);
  }

  @Test
  void theUnspentBudgetIsBounded() {
    RetryBudget budget = new RetryBudget(100);
    for (int call = 0; call < 100_000; call++) {
      budget.earn();
    }
    int retries = 0;
    while (retries < 1000 && budget.spend()) {
      retries++;
    }
    assertThat(retries).isLessThanOrEqualTo(101);
  }

  @Test
  void zeroPercentMeansNoRetries() {
    RetryBudget budget = new RetryBudget(0);
    budget.earn();
    assertThat(budget.spend()).isFalse();
  }
}
