package dev.serai.core.budget.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetAccount;
import dev.serai.core.budget.BudgetPeriod;
import dev.serai.core.budget.BudgetScope;
import dev.serai.core.caller.Caller;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertReceiverTest {
  private static final AlertReceiver ALL =
      new AlertReceiver("ops", List.of(100, 80, 95, 80), Set.of(), Set.of());

  private static Budget budget(BudgetScope scope, Optional<String> value, BudgetPeriod period) {
    return new Budget(
        "b",
        scope,
        value,
        Optional.empty(),
        period,
        ZoneId.of("Europe/Berlin"),
        1_000,
        false,
        Optional.empty());
  }

  private static BudgetAccount account(Budget budget, long atMillis) {
    Caller caller = new Caller("acme", "key", "", "");
    return budget.accounts(caller, "model", atMillis).getFirst();
  }

  @Test
  void aThresholdIsReachedByExactlyItsShareOfTheLimit() {
    assertThat(ALL.reached(799, 1_000)).isEmpty();
    assertThat(ALL.reached(800, 1_000)).containsExactly(80);
    assertThat(ALL.reached(999, 1_000)).containsExactly(80, 95);
    assertThat(ALL.reached(1_000, 1_000)).containsExactly(80, 95, 100);
    assertThat(ALL.next(0, 1_000)).isEqualTo(800);
    assertThat(ALL.next(800, 1_000)).isEqualTo(950);
    assertThat(ALL.next(1_000, 1_000)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theHighestLimitAndTheHighestShareDoNotOverflow() {
    AlertReceiver tenfold = new AlertReceiver("ops", List.of(1_000), Set.of(), Set.of());
    assertThat(tenfold.reached(Budget.MAX_LIMIT, Budget.MAX_LIMIT)).isEmpty();
    assertThat(ALL.reached(Budget.MAX_LIMIT, Budget.MAX_LIMIT)).hasSize(3);
    assertThat(ALL.next(0, Budget.MAX_LIMIT)).isEqualTo(Budget.MAX_LIMIT / 100 * 80);
  }

  @Test
  void nothingIsReachedBeforeAnythingIsSpent() {
    assertThat(ALL.reached(0, 0)).isEmpty();
    assertThat(ALL.next(0, 0)).isEqualTo(1);
    assertThat(ALL.reached(1, 0)).containsExactly(80, 95, 100);
    assertThat(ALL.reached(1, 1)).as("shares are rounded up").hasSize(3);
  }

  /** 2026-10-25 has 25 hours in Berlin. */
  @Test
  void eachWindowHasAnAccountOfItsOwnAlsoWhenTheClocksChange() {
    Budget daily = budget(BudgetScope.TENANT, Optional.of("acme"), BudgetPeriod.DAY);
    long first = Instant.parse("2026-10-24T22:00:00Z").toEpochMilli();
    long last = Instant.parse("2026-10-25T22:59:59.999Z").toEpochMilli();
    assertThat(account(daily, last)).isEqualTo(account(daily, first));
    assertThat(account(daily, last + 1)).isNotEqualTo(account(daily, first));
    Budget monthly = budget(BudgetScope.TENANT, Optional.of("acme"), BudgetPeriod.MONTH);
    long december = Instant.parse("2026-11-30T23:00:00Z").toEpochMilli();
    assertThat(account(monthly, december)).isNotEqualTo(account(monthly, december - 1));
  }

  @Test
  void aReceiverReceivesAlertsOfItsBudgetsAndTenantsOnly() {
    Budget each = budget(BudgetScope.KEY, Optional.empty(), BudgetPeriod.DAY);
    Budget tenant = budget(BudgetScope.TENANT, Optional.empty(), BudgetPeriod.DAY);
    Budget all = budget(BudgetScope.ALL, Optional.empty(), BudgetPeriod.DAY);
    AlertReceiver acme = new AlertReceiver("acme", List.of(80), Set.of(), Set.of("acme"));
    AlertReceiver globex = new AlertReceiver("globex", List.of(80), Set.of(), Set.of("globex"));
    AlertReceiver other = new AlertReceiver("other", List.of(80), Set.of("other"), Set.of());
    for (Budget budget : List.of(each, tenant)) {
      assertThat(acme.wants(budget, account(budget, 0))).isTrue();
      assertThat(globex.wants(budget, account(budget, 0))).isFalse();
    }
    assertThat(acme.wants(all, account(all, 0))).isFalse();
    assertThat(ALL.wants(all, account(all, 0))).isTrue();
    assertThat(other.wants(all, account(all, 0))).isFalse();
    assertThat(other.wants(all.withId("other"), account(all, 0))).isTrue();
  }
}
