package dev.serai.memory.budgets;

import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetAccount;
import dev.serai.core.time.Ticker;
import dev.serai.memory.budgets.BudgetLeases.Source;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.ThreadConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Leases shares of budgets, renews them and gives back what is not needed, on a thread of its own.
 *
 * <p>A lease is renewed twice a minute. If that fails, calls use it for five minutes more; a
 * gateway that has watched it for ten minutes without a renewal ends it, when the calls of that
 * time have ended. At the start, the leases that an earlier process of this journal has left are
 * ended, once its usage is in the database.
 *
 * <p>Clocks may differ between gateways and jump. The clock only says which windows are over, and
 * that the machine was suspended, when a ticker may stand still.
 */
final class LeaseThread {
  /** How long a lease is used after its renewal. */
  static final Duration LIFETIME = Duration.ofMinutes(5);

  /** How long another gateway's lease counts without a renewal. */
  static final Duration SILENCE = Duration.ofMinutes(10);

  private static final Duration RENEWAL = Duration.ofSeconds(30);
  private static final Duration CLEANING = Duration.ofHours(1);
  private static final int MAX_FORGOTTEN = 1_000;
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final Duration DAY = Duration.ofDays(1);
  private static final long POLL = Duration.ofMillis(500).toNanos();
  private static final long POLL_WAITING = Duration.ofMillis(50).toNanos();
  private static final Duration RETRY = Duration.ofMillis(500);

  private final BudgetLeases leases;
  private final ThreadConnection open;
  private final InstantSource clock;
  private final Ticker ticker;
  private final WaitingCalls waiting;
  private final BackgroundThread thread;
  private final LeaseLog log = new LeaseLog();
  private final ReportedHolds reported = new ReportedHolds();
  private final SilentOwners others = new SilentOwners(SILENCE);
  private final Queue<LocalLease> refills = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Source source;
  private volatile String owner = "";
  private final CountDownLatch first = new CountDownLatch(1);
  private volatile boolean begun;
  private volatile boolean revised;
  private volatile boolean fails;
  private volatile Renewal last = new Renewal(0, 0, 0);
  private long renewed;
  private long polled;
  private long cleaned;

  /**
   * The last renewal.
   *
   * @param number is stored with the leases, and differs from that before
   * @param nanos when it began, by the ticker
   * @param millis the same by the clock
   */
  private record Renewal(long number, long nanos, long millis) {}

  LeaseThread(
      BudgetLeases leases,
      Database database,
      InstantSource clock,
      Ticker ticker,
      BackgroundThreads threads,
      WaitingCalls waiting) {
    this.leases = leases;
    this.open = ThreadConnection.inTransactions(database, "budgets");
    this.clock = clock;
    this.ticker = ticker;
    this.waiting = waiting;
    this.thread = threads.make("budgets", this::run);
  }

  /** Starts the thread, once. */
  void start(Source from) {
    if (source == null) {
      source = from;
      thread.start();
    }
  }

  /** The budgets have changed. */
  void revise() {
    revised = true;
    wake();
  }

  void stop() {
    thread.stopAndJoin(STOP);
  }

  /** Waits until leases can be had, and logs if that takes longer. */
  void awaitBegun(Duration atMost) throws InterruptedException {
    if (!first.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      log.late();
    }
  }

  /** Ends a wait of the thread. */
  void wake() {
    thread.unpark();
  }

  /** More of this lease should be there before it is used up. */
  void refill(LocalLease lease) {
    if (lease.requestRefill()) {
      refills.add(lease);
      wake();
    }
  }

  /** Whether the leases may be used: neither clock says that their time is over. */
  boolean isValid() {
    Renewal known = last;
    return begun
        && ticker.nanos() - known.nanos < LIFETIME.toNanos()
        && clock.millis() - known.millis < LIFETIME.toMillis();
  }

  private Renewal next() {
    long millis = clock.millis();
    long number = Math.max(last.number + 1, millis + LIFETIME.toMillis()); // also if it is set back
    return new Renewal(number, ticker.nanos(), millis);
  }

  /** Whether the database could not be used last. */
  boolean fails() {
    return fails;
  }

  /** The name of this gateway's journal; empty if it is not known yet. */
  String owner() {
    return owner;
  }

  private void run(BackgroundThread self) {
    while (!self.isStopping()) {
      boolean worked = round();
      if (!self.isStopping()) {
        LockSupport.parkNanos(this, worked ? pause() : RETRY.toNanos());
      }
    }
    end();
  }

  private long pause() {
    return !begun || !waiting.isEmpty() ? POLL_WAITING : POLL;
  }

  /** Does what is to be done now; false if the database fails. */
  private boolean round() {
    try {
      boolean worked = open.run(this::work, log::failed);
      fails = !worked;
      if (worked) {
        log.worked();
      }
      return worked;
    } finally {
      waiting.serve();
    }
  }

  private void work(Connection connection) throws SQLException {
    if (!begun && !begin(connection)) {
      return;
    }
    if (revised) {
      revised = false;
      reviseLeases(connection);
    }
    long now = ticker.nanos();
    if (now - renewed >= RENEWAL.toNanos() || !isValid()) {
      renew(connection);
      renewed = now;
    }
    if (now - cleaned >= CLEANING.toNanos()) {
      cleaned = now;
      deletePast(connection);
    }
    if (now - polled >= POLL) {
      returnWanted(connection);
      reported.writeEnded(connection, owner, leases.leases(), last.number);
      polled = now;
    }
    for (Map.Entry<LocalLease, Long> need : needs().entrySet()) {
      grant(connection, need.getKey(), need.getValue());
    }
  }

  /** Ends what an earlier process has left; false if its usage is not in the database yet. */
  private boolean begin(Connection connection) throws SQLException {
    Source from = source;
    if (from == null || !from.stored().getAsBoolean()) {
      return false;
    }
    owner = from.owner().get();
    if (owner.isEmpty()) {
      return false;
    }
    LeaseRows.endAll(connection, owner);
    connection.commit();
    deletePast(connection);
    long now = ticker.nanos();
    others.end(connection, owner, now);
    last = next();
    renewed = now;
    polled = now;
    cleaned = now;
    begun = true;
    first.countDown();
    for (Budget budget : leases.budgets().listed()) {
      if (budget.hard()) {
        budget.onlyAccount(clock.millis()).ifPresent(account -> refill(budget, account));
      }
    }
    return true;
  }

  private void refill(Budget budget, BudgetAccount account) {
    LocalLease lease = leases.lease(budget, account);
    if (lease != null) {
      refill(lease);
    }
  }

  /** What is needed of each lease: by calls that wait, or nothing but more than there is. */
  private Map<LocalLease, Long> needs() {
    Map<LocalLease, Long> needs = new HashMap<>(waiting.needs());
    for (LocalLease lease = refills.poll(); lease != null; lease = refills.poll()) {
      lease.refilling();
      if (leases.leases().get(lease.account()) == lease) { // it is not forgotten meanwhile
        needs.putIfAbsent(lease, 0L);
      }
    }
    return needs;
  }

  /** Leases by the budget of now: the call may have seen an earlier one. */
  private void grant(Connection connection, LocalLease lease, long need) throws SQLException {
    revise(lease);
    leases.lock().lock();
    try {
      LeaseGrant.Terms terms = new LeaseGrant.Terms(owner, last.number, ticker.nanos());
      new LeaseGrant(connection, lease, terms).grant(need);
    } finally {
      leases.lock().unlock();
    }
  }

  private void renew(Connection connection) throws SQLException {
    List<BudgetAccount> forgotten = new ArrayList<>();
    leases.lock().lock();
    try {
      Renewal next = next();
      LeaseRows.renew(connection, owner, reported.next(leases.leases()), next.number);
      Map<BudgetAccount, Long> stored = LeaseRows.of(connection, owner);
      connection.commit();
      for (LocalLease lease : leases.leases().values()) {
        lease.sync(stored.getOrDefault(lease.account(), 0L));
      }
      last = next; // not before: calls would use leases that another gateway has ended
      stored.keySet().stream()
          .filter(account -> !leases.leases().containsKey(account))
          .forEach(forgotten::add);
    } finally {
      leases.lock().unlock();
    }
    for (BudgetAccount account : forgotten) {
      LeaseRows.end(connection, account, owner);
    }
    connection.commit();
    others.end(connection, owner, ticker.nanos());
    List<LocalLease> idle = new ArrayList<>();
    for (LocalLease lease : leases.leases().values()) {
      if (!lease.wasUsed()) {
        giveBack(connection, lease);
        idle.add(lease);
      }
    }
    forgetEmpty(connection, idle);
  }

  /** Forgets accounts of which nothing is leased, so that idle ones do not fill the memory. */
  private void forgetEmpty(Connection connection, List<LocalLease> idle) throws SQLException {
    leases.lock().lock();
    try {
      List<LocalLease> empty =
          idle.stream().filter(LocalLease::isEmpty).limit(MAX_FORGOTTEN).toList();
      for (LocalLease lease : empty) {
        LeaseRows.deleteEmpty(connection, lease.account(), owner);
      }
      connection.commit();
      empty.forEach(leases::forget);
    } finally {
      leases.lock().unlock();
    }
  }

  /**
   * Applies changed budgets to the leases: what is not held is leased anew when it is needed. All
   * of them change before the database is asked, which may fail.
   */
  private void reviseLeases(Connection connection) throws SQLException {
    List<LocalLease> changed = leases.leases().values().stream().filter(this::revise).toList();
    for (LocalLease lease : changed) {
      giveBack(connection, lease);
    }
  }

  /** Applies a changed budget; false if it is as the lease knows it. */
  private boolean revise(LocalLease lease) {
    Optional<Budget> now = leases.budgets().find(lease.account().budget());
    boolean same = now.isPresent() && now.get().equals(lease.budget());
    if (!same) {
      now.ifPresent(lease::become);
    }
    return !same;
  }

  /** Returns the surplus of accounts for which another gateway has too little. */
  private void returnWanted(Connection connection) throws SQLException {
    Set<BudgetAccount> wanted = LeaseRows.wanted(connection, owner, RETRY.multipliedBy(2));
    connection.commit();
    for (BudgetAccount account : wanted) {
      LocalLease lease = leases.leases().get(account);
      if (lease != null) {
        giveBack(connection, lease);
      }
    }
  }

  private void giveBack(Connection connection, LocalLease lease) throws SQLException {
    leases.lock().lock();
    try {
      long surplus = lease.takeSurplus();
      if (surplus > 0) {
        lease.returned(surplus); // also if the commit fails: then the next renewal knows better
        LeaseRows.subtract(connection, lease.account(), owner, surplus);
        connection.commit();
      }
    } finally {
      leases.lock().unlock();
    }
  }

  /** Deletes the rows of windows that ended a day ago, of which nothing is leased. */
  private void deletePast(Connection connection) throws SQLException {
    LeaseRows.deletePast(connection, clock.millis() - DAY.toMillis());
    connection.commit();
  }

  /** Gives everything back that no call holds. */
  private void end() {
    try {
      if (begun && !fails) {
        Connection connection = open.get();
        for (LocalLease lease : leases.leases().values()) {
          giveBack(connection, lease);
        }
      }
    } catch (SQLException e) {
      log.failed(e);
    } finally {
      open.close();
    }
  }
}
