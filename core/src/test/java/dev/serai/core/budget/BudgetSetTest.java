package dev.serai.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BudgetSetTest {
  private static final Caller SHOP = new Caller("acme", "shop", "", "");

  private static Budget budget(String id, BudgetScope scope, String value, String tenant) {
    return new Budget(
        id,
        scope,
        Optional.of(value).filter(text -> !text.isEmpty()),
        Optional.of(tenant).filter(text -> !text.isEmpty()),
        BudgetPeriod.DAY,
        ZoneOffset.UTC,
        Budget.USD,
        false,
        Optional.empty());
  }

  @Test
  void aCallIsComparedWithTheBudgetsOfEveryoneAndOfItsTenantAndKeyOnly() {
    Budget everyone = budget("everyone", BudgetScope.ALL, "", "");
    Budget eachKey = budget("each", BudgetScope.KEY, "", "");
    Budget tenant = budget("tenant", BudgetScope.TENANT, "acme", "");
    Budget team = budget("team", BudgetScope.TEAM, "web", "acme");
    Budget own = budget("key_1", BudgetScope.KEY, "shop", "acme");
    BudgetSet set =
        new BudgetSet(
            List.of(tenant, everyone),
            List.of(team, eachKey),
            List.of(
                own,
                budget("key_2", BudgetScope.KEY, "other", "acme"),
                budget("key_3", BudgetScope.KEY, "shop", "globex")));
    assertThat(set.of(SHOP)).containsExactly(everyone, eachKey, tenant, team, own);
    assertThat(set.of(Caller.ANONYMOUS)).containsExactly(everyone, eachKey);
    assertThat(set.configured()).containsExactly(tenant, everyone);
    assertThat(set.listed()).containsExactly(tenant, everyone, team, eachKey);
    assertThat(set.find("key_2")).isPresent();
  }

  @Test
  void ofTwoBudgetsWithOneIdTheFirstCounts() {
    Budget first = budget("same", BudgetScope.ALL, "", "");
    BudgetSet set =
        new BudgetSet(List.of(first), List.of(budget("same", BudgetScope.TEAM, "", "")), List.of());
    assertThat(set.all()).containsExactly(first);
    assertThat(BudgetSet.NONE.isEmpty()).isTrue();
  }

  /** The ledger cuts tags: a budget that counted the whole one would never find its cost. */
  @Test
  void aLongTagCountsAsTheLedgerRecordsIt() {
    Set<String> many = new TreeSet<>(Set.of("t".repeat(65)));
    for (int i = 0; i < 40; i++) {
      many.add("a" + i);
    }
    Identity identity = Identity.recorded("acme", "", "", "shop");
    Caller caller = new Caller(identity, "", "", many);
    assertThat(budget("tags", BudgetScope.TAG, "", "").accounts(caller, "", 0))
        .hasSize(32)
        .noneMatch(account -> account.value().length() > 64);
    Caller one = new Caller(identity, "", "", Set.of("t".repeat(65)));
    assertThat(budget("tag", BudgetScope.TAG, "t".repeat(64), "").accounts(one, "", 0)).hasSize(1);
  }
}
