package dev.serai.memory.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.budget.BudgetAccount;
import dev.serai.core.budget.BudgetWindow;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertWatchTest {
  private static final BudgetAccount ACCOUNT =
      new BudgetAccount("b", "t", "t", new BudgetWindow(0, Long.MAX_VALUE));

  private final AlertWatch watch = new AlertWatch();

  private AlertWatch.Watched only(long nowNanos) {
    assertThat(watch.due(nowNanos)).hasSize(1);
    return watch.due(nowNanos).getFirst();
  }

  private void compared(AlertWatch.Watched watched, long change) {
    watched.compared(
        new AlertWatch.Comparison(0, Long.MAX_VALUE, false, 0, change), watched.cost());
  }

  @Test
  void aNewAccountIsComparedOnce() {
    watch.add(ACCOUNT);
    compared(only(0), watch.change());
    assertThat(watch.due(0)).isEmpty();
  }

  @Test
  void aChangeOfBudgetsDuringAComparisonIsNotLost() {
    watch.add(ACCOUNT);
    AlertWatch.Watched watched = only(0);
    long change = watch.change();
    watch.changed();
    compared(watched, change);
    compared(only(0), watch.change());
    assertThat(watch.due(0)).isEmpty();
  }

  @Test
  void costsDuringAComparisonAreNotLost() {
    watch.charged(Map.of(ACCOUNT, 5L));
    AlertWatch.Watched watched = only(0);
    long before = watched.cost();
    watch.charged(Map.of(ACCOUNT, 7L));
    watched.compared(new AlertWatch.Comparison(5, 10, false, 0, watch.change()), before);
    assertThat(only(0).cost()).isEqualTo(7);
  }

  @Test
  void anAccountWithoutCostsIsForgotten() {
    watch.add(ACCOUNT);
    compared(only(0), watch.change());
    long later = Duration.ofMinutes(11).toNanos();
    assertThat(watch.due(later)).isEmpty();
    watch.changed();
    assertThat(watch.due(later)).isEmpty();
  }
}
