package dev.serai.memory.budgets;

import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetAccount;
import dev.serai.core.budget.alert.AlertReceiver;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.core.time.Ticker;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.ThreadConnection;
import dev.serai.memory.ledger.LedgerCosts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells receivers when budgets reach thresholds, once for each threshold in each window, whatever
 * the number of gateways.
 *
 * <p>What is spent is always the sum of the ledger. When it has reached a threshold, a message is
 * stored; its ID is computed from the threshold, so that no second one can be stored. Stored
 * messages are then sent. All of that runs on a thread of its own. Thread-safe.
 */
public final class BudgetAlerts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BudgetAlerts.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CLEANING = Duration.ofHours(1);
  private static final Duration STOP = Duration.ofSeconds(5);
  private static final Duration KEPT = Duration.ofDays(2);
  private static final int MAX_FOUND = 10_000;

  private final BudgetLeases leases;
  private final List<AlertReceiver> receivers;
  private final InstantSource clock;
  private final Ticker ticker;
  private final AlertDelivery delivery;
  private final AlertWatch watch = new AlertWatch();
  private final ThreadConnection open;
  private final BackgroundThread thread;
  private boolean begun;
  private long cleaned;

  /** Who receives alerts, and how a message is sent to them. */
  public record Audience(List<AlertReceiver> receivers, Sender sender) {}

  /** What the ledger says about an account, and whether a call of it was refused. */
  private record Finding(Budget budget, BudgetAccount account, long spent, boolean refused) {}

  /** How an attempt to send a message ended. */
  public enum Outcome {
    SENT,
    /** It is sent again later. */
    FAILED,
    GIVEN_UP
  }

  /** Sends messages to receivers. */
  @FunctionalInterface
  public interface Sender {
    /**
     * Sends a message once. Never blocks.
     *
     * @param id the same at each attempt
     * @param body JSON
     * @return why the receiver has not taken it; empty if it has
     */
    CompletableFuture<Optional<String>> send(String receiver, String id, byte[] body);
  }

  /**
   * Starts nothing; {@link #start} does.
   *
   * @param clock decides about windows
   */
  public BudgetAlerts(
      BudgetLeases leases,
      Audience audience,
      Database database,
      InstantSource clock,
      Ticker ticker,
      BackgroundThreads threads) {
    this.leases = leases;
    this.receivers = List.copyOf(audience.receivers);
    this.clock = clock;
    this.ticker = ticker;
    this.delivery = new AlertDelivery(audience.sender);
    this.open = ThreadConnection.inTransactions(database, "budget alerts");
    this.thread = threads.make("budget-alerts", this::run);
  }

  /** Begins to watch and to send; does nothing without receivers. */
  public void start() {
    if (!receivers.isEmpty()) {
      leases.report(watch);
      thread.start();
    }
  }

  /** How many attempts to send a message ended so. */
  public long count(Outcome outcome) {
    return delivery.count(outcome);
  }

  private void run(BackgroundThread self) {
    open.repeat(self, PAUSE, this::round);
    open.close();
  }

  private void round() {
    open.run(
        this::work,
        failure ->
            LOG.error(
                "budgets: alerts wait until the database can be used: {}",
                FailureText.of(failure)));
  }

  private void work(Connection connection) throws SQLException {
    long now = ticker.nanos();
    if (!begun) {
      find(connection);
      begun = true;
      cleaned = now;
    }
    for (AlertWatch.Watched account : watch.due(now)) {
      compare(connection, account);
    }
    for (AlertReceiver receiver : receivers) {
      delivery.send(connection, receiver);
    }
    if (now - cleaned >= CLEANING.toNanos()) {
      cleaned = now;
      AlertRows.deletePast(connection, clock.millis() - KEPT.toMillis());
      connection.commit();
    }
  }

  /** Finds the accounts that an earlier process may have left without a message. */
  private void find(Connection connection) throws SQLException {
    AlertRows.accounts(connection, clock.millis(), MAX_FOUND).forEach(watch::add);
    connection.commit();
  }

  /** Compares what is spent of an account with the thresholds, and stores the messages. */
  private void compare(Connection connection, AlertWatch.Watched watched) throws SQLException {
    BudgetAccount account = watched.account();
    long before = watched.cost();
    boolean refused = watched.refused();
    long change = watch.change();
    Optional<Budget> budget = leases.budgets().find(account.budget());
    List<AlertReceiver> wanting =
        receivers.stream()
            .filter(one -> budget.isPresent() && one.wants(budget.get(), account))
            .toList();
    long spent = 0;
    long next = Long.MAX_VALUE;
    if (budget.isPresent() && !wanting.isEmpty()) {
      spent = LedgerCosts.delivered(connection, AccountQuery.of(budget.get(), account));
      connection.commit(); // or SQLite refuses to write if another connection has, meanwhile
      Finding found = new Finding(budget.get(), account, spent, refused);
      for (AlertReceiver receiver : wanting) {
        store(connection, receiver, found);
        next = Math.min(next, receiver.next(spent, budget.get().limitNanoUsd()));
      }
      connection.commit();
    }
    long now = ticker.nanos();
    watched.compared(new AlertWatch.Comparison(spent, next, refused, now, change), before);
  }

  private void store(Connection connection, AlertReceiver receiver, Finding found)
      throws SQLException {
    List<Integer> reached =
        new ArrayList<>(receiver.reached(found.spent, found.budget.limitNanoUsd()));
    if (found.refused) {
      reached.add(AlertMessage.REFUSAL);
    }
    for (int percent : reached) {
      AlertRows.insert(
          connection,
          new AlertMessage(
              receiver.name(), found.budget, found.account, percent, found.spent, clock.millis()));
    }
  }

  @Override
  public void close() {
    thread.stopAndJoin(STOP);
  }
}
