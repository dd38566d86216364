package dev.serai.memory.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetPeriod;
import dev.serai.core.budget.BudgetScope;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Credential;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Role;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.KeySnapshot;
import dev.serai.core.problem.CallerProblem;
import dev.serai.memory.credentials.ConfiguredMasterKeys;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.Sql;
import dev.serai.memory.keys.Pepper;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of stored budgets and of limits of keys on every database, with two gateways. */
abstract class BudgetStoreContract {
  /** A Saturday. */
  private static final Instant NOW = Instant.parse("2026-11-28T20:00:00Z");

  private static final String PEPPER = "pepper-0123456789abcdef0123456789abcdef";

  @TempDir Path folder;

  private Opened first;
  private Opened second;

  abstract String url();

  /** A gateway's store, and the budgets that it has received last. */
  private static final class Opened {
    private final ManagementStores store;
    private volatile List<Budget> stored = List.of();
    private volatile List<Budget> ofKeys = List.of();

    Opened(ManagementStores store) throws InterruptedException {
      this.store = store;
      store.report(
          (budgets, limits) -> {
            stored = budgets;
            ofKeys = limits;
          });
      store.start(Duration.ofSeconds(5));
    }
  }

  @BeforeEach
  final void begin() throws Exception {
    try (Connection connection = new Database(url(), folder).connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM api_key WHERE 1 = 1");
      statement.execute("DELETE FROM stored_budget WHERE 1 = 1");
      statement.execute("DELETE FROM usage_hour WHERE 1 = 1");
      statement.execute("UPDATE api_key_version SET pepper_hash = NULL WHERE 1 = 1");
    }
    first = open();
    second = open();
  }

  @AfterEach
  final void end() {
    first.store.close();
    second.store.close();
  }

  private Opened open() throws InterruptedException {
    return new Opened(store(new KeySnapshot(() -> NOW, true)));
  }

  private ManagementStores store(KeySnapshot snapshot) {
    Database database = new Database(url(), folder);
    SecureRandom random = new SecureRandom();
    Pepper pepper = new Pepper(Optional.of(PEPPER), folder, database.isServer(), random);
    InstantSource clock = () -> NOW;
    ConfiguredMasterKeys masters =
        new ConfiguredMasterKeys(
            new ConfiguredMasterKeys.Sources(Optional.empty(), Optional.empty(), folder, true),
            random,
            clock);
    return new ManagementStores(
        database,
        new ManagementStores.KeyProtection(pepper, masters, random),
        clock,
        (_, _) -> false,
        snapshot,
        BackgroundThreads.unreported());
  }

  private static Budget budget(String id, long limit) {
    return new Budget(
        id,
        BudgetScope.TEAM,
        Optional.of("search"),
        Optional.of("acme"),
        BudgetPeriod.WEEK,
        ZoneId.of("Europe/Berlin"),
        limit,
        true,
        Optional.of("ollama/llama3.2"));
  }

  private static ApiKey key(ApiKey.Spending limit) {
    Identity identity =
        new Identity(
            "acme",
            "",
            "",
            "shop",
            Role.USER.permissions(),
            AllowList.ALL,
            AllowList.ALL,
            Set.of());
    return new ApiKey("", "", Role.USER, identity, false, NOW, NOW, Optional.empty(), limit);
  }

  @Test
  void aStoredBudgetIsKnownAtOnceHereAndSoonInEveryOtherGateway() {
    Budget made = first.store.budgets().create(budget("", Budget.USD));
    assertThat(made.id()).startsWith("budget_");
    assertThat(made).isEqualTo(budget(made.id(), Budget.USD));
    assertThat(first.stored).containsExactly(made);
    KeyStoreContract.until(() -> second.stored.equals(List.of(made)));

    Budget raised = budget(made.id(), 5 * Budget.USD);
    assertThat(second.store.budgets().change(made.id(), _ -> raised)).contains(raised);
    assertThat(first.store.budgets().find(made.id())).contains(raised);
    KeyStoreContract.until(() -> first.stored.equals(List.of(raised)));

    assertThat(first.store.budgets().delete(made.id())).isTrue();
    assertThat(first.store.budgets().delete(made.id())).isFalse();
    assertThat(first.store.budgets().find(made.id())).isEmpty();
    KeyStoreContract.until(() -> second.stored.isEmpty());
  }

  @Test
  void aBudgetHasNoMessagesOfADeletedOneWithItsId() throws Exception {
    first.store.budgets().create(budget("again", Budget.USD));
    try (Connection connection = new Database(url(), folder).connect()) {
      Sql.run(
          connection,
          "INSERT INTO budget_alert (id, receiver, budget, until_ms, created_ms, next_ms, body)"
              + " VALUES ('alert-1', 'ops', 'again', 1, 0, 0, '')");
      assertThat(second.store.budgets().delete("again")).isTrue();
      first.store.budgets().create(budget("again", Budget.USD));
      assertThat(Sql.texts(connection, "SELECT id FROM budget_alert WHERE budget = 'again'"))
          .isEmpty();
    }
    assertThat(first.store.budgets().delete("again")).isTrue();
  }

  @Test
  void aSoftBudgetIsStoredAsOneAndCanBecomeHard() {
    Budget soft =
        new Budget(
            "soft",
            BudgetScope.ALL,
            Optional.empty(),
            Optional.empty(),
            BudgetPeriod.TOTAL,
            ZoneId.of("UTC"),
            Budget.USD,
            false,
            Optional.empty(),
            false);
    assertThat(first.store.budgets().create(soft)).isEqualTo(soft);
    assertThat(second.store.budgets().find("soft")).contains(soft);
    Budget hard = budget("soft", 2);
    assertThat(first.store.budgets().change("soft", _ -> hard).orElseThrow().hard()).isTrue();
    assertThat(second.store.budgets().find("soft").orElseThrow().hard()).isTrue();
    assertThat(first.store.budgets().delete("soft")).isTrue();
  }

  @Test
  void aNulInTheValueOfABudgetCannotBreakAWrite() {
    Budget odd =
        new Budget(
            "odd",
            BudgetScope.TEAM,
            Optional.of("sea\0rch"),
            Optional.of("acme"),
            BudgetPeriod.TOTAL,
            ZoneId.of("UTC"),
            Budget.USD,
            false,
            Optional.empty());
    first.store.budgets().create(odd);
    assertThat(second.store.budgets().find("odd").orElseThrow().value()).contains("sea\uFFFDrch");
    assertThat(first.store.budgets().delete("odd")).isTrue();
  }

  @Test
  void twoStoredBudgetsCannotHaveOneId() {
    first.store.budgets().create(budget("team-search", 1));
    assertThatThrownBy(() -> second.store.budgets().create(budget("team-search", 2)))
        .isInstanceOfSatisfying(
            CallerProblem.class, problem -> assertThat(problem.code()).isEqualTo("budget_exists"));
  }

  @Test
  void theLimitOfAKeyAppliesBeforeTheKeyCanBeUsed() throws Exception {
    ApiKey.Spending limit = new ApiKey.Spending(OptionalLong.of(3), BudgetPeriod.DAY);
    String secret = first.store.keys().create(key(limit)).secret();
    KeySnapshot snapshot = new KeySnapshot(() -> NOW, true);
    List<Authentication> atLimit = new CopyOnWriteArrayList<>();
    try (ManagementStores third = store(snapshot)) {
      third.report((_, _) -> atLimit.add(snapshot.authenticate(new Credential.Secret(secret))));
      third.start(Duration.ofSeconds(5));
      assertThat(third.awaitRead(Duration.ofSeconds(60))).isTrue();
      assertThat(snapshot.authenticate(new Credential.Secret(secret)))
          .isInstanceOf(Authentication.Authenticated.class);
    }
    assertThat(atLimit.getFirst()).isInstanceOf(Authentication.Rejected.class);
  }

  @Test
  void theLimitOfAKeyIsABudgetInEveryGatewayUntilItIsRemoved() {
    ApiKey.Spending limit = new ApiKey.Spending(OptionalLong.of(3), BudgetPeriod.DAY);
    ApiKey made = first.store.keys().create(key(limit)).key();
    assertThat(first.store.keys().find(made.id()).orElseThrow().spending()).isEqualTo(limit);
    Budget budget = made.budget().orElseThrow();
    assertThat(budget.id()).isEqualTo(made.id());
    assertThat(budget.limitNanoUsd()).isEqualTo(3);
    assertThat(first.ofKeys).containsExactly(budget);
    KeyStoreContract.until(() -> second.ofKeys.equals(List.of(budget)));
    first.store.keys().rotate(made.id(), Duration.ofSeconds(60));
    assertThat(first.ofKeys).as("with two secrets").containsExactly(budget);
    first
        .store
        .keys()
        .change(
            made.id(),
            known ->
                new ApiKey(
                    known.id(),
                    known.label(),
                    known.role(),
                    known.identity(),
                    false,
                    known.created(),
                    known.updated(),
                    known.expires()));
    assertThat(first.ofKeys).isEmpty();
    KeyStoreContract.until(() -> second.ofKeys.isEmpty());
  }

  @Test
  void theUsageOfAKeyIsTheExactSumOfItsRowsByPeriod() throws Exception {
    for (String time :
        List.of(
            "2026-11-28T00:00:00Z",
            "2026-11-27T23:00:00Z",
            "2026-11-23T00:00:00Z",
            "2026-11-22T23:00:00Z",
            "2026-11-01T00:00:00Z",
            "2026-10-31T23:00:00Z")) {
      spend("acme", "shop", time, 1_000_000_000_001L);
      spend("acme", "other", time, 7);
      spend("globex", "shop", time, 7);
    }
    long one = 1_000_000_000_001L;
    assertThat(first.store.keys().usage(List.of(key(ApiKey.Spending.ANY))))
        .containsExactly(new ApiKey.Usage(6 * one, one, 3 * one, 5 * one));
    ApiKey.Spending weekly = new ApiKey.Spending(OptionalLong.of(4 * one), BudgetPeriod.WEEK);
    assertThat(weekly.remaining(first.store.keys().usage(List.of(key(weekly))).getFirst()))
        .hasValue(one);
  }

  private void spend(String tenant, String key, String time, long nanoUsd) throws SQLException {
    String sums =
        "requests, failed, cancelled, attempts, input_tokens, output_tokens, cached_tokens,"
            + " cache_write_tokens, reasoning_tokens, cache_hour_tokens, audio_in_tokens,"
            + " audio_out_tokens, undelivered_nano_usd, priced, unpriced, estimated";
    String sql =
        "INSERT INTO usage_hour (hour, tenant, caller_key, cost_nano_usd, task_type, provider,"
            + " model, team, caller_user, "
            + sums
            + ") VALUES (?, ?, ?, ?, '', 'openai', 'text', '', ''"
            + ", 0".repeat(sums.split(",").length)
            + ")";
    try (Connection connection = new Database(url(), folder).connect();
        PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, Instant.parse(time).toEpochMilli() / 3_600_000);
      insert.setString(2, tenant);
      insert.setString(3, key);
      insert.setLong(4, nanoUsd);
      insert.executeUpdate();
    }
  }
}
