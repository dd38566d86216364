package dev.serai.memory.budgets;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetPeriod;
import dev.serai.core.budget.BudgetScope;
import dev.serai.core.budget.stored.BudgetStore;
import dev.serai.core.problem.CallerProblem;
import dev.serai.memory.database.ChangeWriter;
import dev.serai.memory.database.DatabaseReader;
import dev.serai.memory.database.Sql;
import dev.serai.memory.database.TableRows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Stores budgets in the database. Thread-safe. */
public final class StoredBudgets implements BudgetStore {
  /** How many there may be: every call is compared with those that name no tenant. */
  static final int MAX = 1_000;

  private static final TableRows<Budget> ROWS =
      new TableRows<>("stored_budget", "tenant", StoredBudgets::budget);

  private final DatabaseReader reader;
  private final ChangeWriter writer;
  private final InstantSource clock;
  private final Supplier<String> ids;

  /**
   * @param ids makes the IDs of budgets that are given none
   */
  public StoredBudgets(
      DatabaseReader reader, ChangeWriter writer, InstantSource clock, Supplier<String> ids) {
    this.reader = reader;
    this.writer = writer;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * All of them, the oldest first.
   *
   * @throws SQLException if the database fails
   */
  public static List<Budget> all(Connection connection) throws SQLException {
    return ROWS.where(connection, "1 = 1 ORDER BY created_ms, id");
  }

  private static Optional<Budget> find(Connection connection, String id) throws SQLException {
    return ROWS.where(connection, "id = ?", id).stream().findFirst();
  }

  @Override
  public Budget create(Budget wanted) {
    Budget budget = wanted.id().isEmpty() ? wanted.withId(ids.get()) : wanted;
    return writer.run(
        connection -> {
          requireRoom(connection, budget.id());
          long now = clock.millis();
          Sql.run(
              connection,
              "INSERT INTO stored_budget (period, time_zone, limit_nano_usd, allow_unpriced,"
                  + " fallback_model, hard, updated_ms, created_ms, scope, scope_value, tenant, id)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              budget.period().name(),
              budget.zone().getId(),
              budget.limitNanoUsd(),
              budget.allowsUnpriced() ? 1 : 0,
              budget.fallbackModel().orElse(""),
              budget.hard() ? 1 : 0,
              now,
              now,
              budget.scope().name(),
              budget.value().orElse(""),
              budget.tenant().orElse(""),
              budget.id());
          return budget;
        });
  }

  private static void requireRoom(Connection connection, String id) throws SQLException {
    List<Budget> all = all(connection);
    if (all.stream().anyMatch(known -> known.id().equals(id))) {
      throw new CallerProblem(
          409, "budget_exists", "The budget '" + id + "' already exists.", Optional.of("id"));
    }
    if (all.size() >= MAX) {
      throw new CallerProblem(
          409,
          "too_many_budgets",
          "There are already " + MAX + " stored budgets. Delete some first.",
          Optional.empty());
    }
  }

  @Override
  public Optional<Budget> find(String id) {
    return reader.read(connection -> find(connection, id));
  }

  @Override
  public Optional<Budget> change(String id, UnaryOperator<Budget> change) {
    return writer.run(
        connection -> {
          Optional<Budget> changed = find(connection, id).map(change);
          if (changed.isPresent()) {
            update(connection, changed.get());
          }
          return changed;
        });
  }

  private void update(Connection connection, Budget budget) throws SQLException {
    Sql.run(
        connection,
        "UPDATE stored_budget SET period = ?, time_zone = ?, limit_nano_usd = ?,"
            + " allow_unpriced = ?, fallback_model = ?, hard = ?, updated_ms = ? WHERE id = ?",
        budget.period().name(),
        budget.zone().getId(),
        budget.limitNanoUsd(),
        budget.allowsUnpriced() ? 1 : 0,
        budget.fallbackModel().orElse(""),
        budget.hard() ? 1 : 0,
        clock.millis(),
        budget.id());
  }

  @Override
  public boolean delete(String id) {
    return writer.run(
        connection -> {
          Sql.run(connection, "DELETE FROM budget_alert WHERE budget = ?", id);
          return Sql.run(connection, "DELETE FROM stored_budget WHERE id = ?", id) > 0;
        });
  }

  private static Budget budget(ResultSet row) throws SQLException {
    return new Budget(
        row.getString("id"),
        BudgetScope.valueOf(row.getString("scope")),
        text(row, "scope_value"),
        text(row, "tenant"),
        BudgetPeriod.valueOf(row.getString("period")),
        zone(row.getString("time_zone")),
        row.getLong("limit_nano_usd"),
        row.getInt("allow_unpriced") != 0,
        text(row, "fallback_model"),
        row.getInt("hard") != 0);
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.of(row.getString(column)).filter(text -> !text.isEmpty());
  }

  /** UTC if this JDK does not know the zone, which another one has stored. */
  private static ZoneId zone(String id) {
    try {
      return ZoneId.of(id);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }
}
