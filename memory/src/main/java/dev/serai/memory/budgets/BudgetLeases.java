package dev.serai.memory.budgets;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetAccount;
import dev.serai.core.budget.BudgetBook;
import dev.serai.core.budget.BudgetDecision;
import dev.serai.core.budget.BudgetDemand;
import dev.serai.core.budget.BudgetSet;
import dev.serai.core.budget.BudgetState;
import dev.serai.core.call.Call;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.cause.CloseAll;
import dev.serai.core.time.Ticker;
import dev.serai.core.usage.UsageRecord;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.StoredText;
import dev.serai.memory.ledger.UsageSink;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Budgets that several gateways share. A call waits only while a share is not known yet.
 *
 * <p>Each gateway leases shares of budgets from the database; the {@link LeaseThread} does that in
 * the background. A call takes what it may cost at most from the share, in memory. When the cost is
 * written to the ledger, the lease is reduced by it in the same transaction; then the call's hold
 * ends. So at every moment the costs in the ledger and all leases together are at most the limit,
 * and every hold is within a lease.
 *
 * <p>The lock orders what changes leases in the database: the ledger's writer and the {@link
 * LeaseThread}. Event loops never take it. Thread-safe.
 */
public final class BudgetLeases implements BudgetBook, UsageSink, AutoCloseable {
  private static final int MAX_ACCOUNTS = 100_000;
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final InstantSource clock;
  private final Ticker ticker;
  private final LeaseThread leasing;
  private final BudgetPage page;
  private final WaitingCalls waiting;
  private final HoldSettlement settlement;
  private final Map<BudgetAccount, LocalLease> leases = new ConcurrentHashMap<>();
  private final Map<String, BudgetHold> holds = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final UnconfirmedRows unconfirmed = new UnconfirmedRows();
  private final TenantAccounts opened = new TenantAccounts();
  private volatile BudgetSet budgets = BudgetSet.NONE;
  private List<Budget> configured = List.of();
  private @Nullable Source source;
  private volatile @Nullable AlertWatch watch;

  /**
   * Which journal the usage of this gateway goes to.
   *
   * @param owner the name of the journal, the same after a restart; blocks until it is known, and
   *     is empty if that takes long
   * @param stored whether everything that an earlier process left in it is in the database
   */
  public record Source(Supplier<String> owner, BooleanSupplier stored) {}

  /** Starts nothing; {@link #start} does. */
  public BudgetLeases(
      Database database,
      ModelCatalogue catalogue,
      InstantSource clock,
      Ticker ticker,
      BackgroundThreads threads) {
    this.clock = clock;
    this.ticker = ticker;
    this.page = new BudgetPage(database);
    this.waiting = new WaitingCalls(this, ticker);
    this.leasing = new LeaseThread(this, database, clock, ticker, threads, waiting);
    this.settlement = new HoldSettlement(catalogue, clock);
  }

  /** Sets the budgets of the settings, before the start. */
  public synchronized void define(List<Budget> all) {
    configured = List.copyOf(all);
    budgets = new BudgetSet(configured, List.of(), List.of());
  }

  /**
   * Replaces the budgets that are not of the settings. What is leased of those that have changed is
   * given back, unless calls hold it.
   *
   * @param ofKeys the limits of API keys
   */
  public synchronized void replaceStored(List<Budget> stored, List<Budget> ofKeys) {
    budgets = new BudgetSet(configured, stored, ofKeys);
    leasing.revise();
    lease();
    AlertWatch told = watch;
    if (told != null) {
      told.changed();
    }
  }

  /** Starts to lease in the background, as soon as there are budgets. */
  public synchronized void start(Source from) {
    source = from;
    lease();
  }

  private void lease() {
    if (source != null && !budgets.isEmpty()) {
      leasing.start(source);
    }
  }

  /** Reports costs and refusals from now on. */
  void report(AlertWatch to) {
    watch = to;
  }

  /**
   * Waits until leases can be had, at most for this time; not at all without budgets.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public void awaitFirst(Duration atMost) throws InterruptedException {
    if (!budgets.isEmpty()) {
      leasing.awaitBegun(atMost);
    }
  }

  @Override
  public BudgetSet budgets() {
    return budgets;
  }

  @Override
  public BudgetDecision hold(String requestId, List<BudgetDemand> demands) {
    if (!leasing.isValid()) {
      return leasing.fails() ? unavailable(demands.getFirst()) : new BudgetDecision.Unknown();
    }
    List<LocalLease> taken = new ArrayList<>(demands.size());
    for (BudgetDemand demand : demands) {
      LocalLease lease = lease(demand);
      if (lease == null || !lease.tryTake(demand.nanoUsd())) {
        for (int i = 0; i < taken.size(); i++) {
          taken.get(i).give(demands.get(i).nanoUsd());
        }
        return lease == null ? tooMany(demand) : refusal(demand, lease);
      }
      taken.add(lease);
      if (lease.isLow()) {
        leasing.refill(lease);
      }
    }
    holds.put(requestId, new BudgetHold(demands, taken));
    return new BudgetDecision.Held();
  }

  /**
   * Refuses a demand that does not fit, if the database has said so a moment ago and no other
   * gateway has anything to give back, or had nothing a moment ago. So a budget that is used up
   * makes one call a second wait, not every one.
   */
  private BudgetDecision refusal(BudgetDemand demand, LocalLease lease) {
    LocalLease.Finding found = lease.finding();
    long now = ticker.nanos();
    boolean known =
        found != null
            && now - found.atNanos() < FRESH_NANOS
            && (!found.elsewhere() || lease.othersHadNothing(now, FRESH_NANOS))
            && demand.nanoUsd() > found.free() + Math.max(0, lease.available());
    if (found != null && known) {
      return usedUp(demand, lease, found);
    }
    return leasing.fails() ? unavailable(demand) : new BudgetDecision.Unknown();
  }

  /** The decision about a call that has waited since then, as long as calls do. */
  BudgetDecision last(List<BudgetDemand> demands, long sinceNanos) {
    for (BudgetDemand demand : demands) {
      LocalLease lease = lease(demand);
      LocalLease.Finding found = lease == null ? null : lease.finding();
      boolean fresh =
          found != null && found.atNanos() - sinceNanos > 0 && demand.nanoUsd() > found.free();
      if (lease != null && found != null && fresh) {
        lease.othersHaveNothing(ticker.nanos());
        return usedUp(demand, lease, found);
      }
    }
    return unavailable(demands.getFirst());
  }

  private BudgetDecision usedUp(BudgetDemand demand, LocalLease lease, LocalLease.Finding found) {
    AlertWatch told = watch;
    if (told != null && BudgetRefusals.isUsedUp(demand, found)) {
      told.refused(lease.account());
    }
    return BudgetRefusals.usedUp(demand, found, clock.millis());
  }

  private BudgetDecision tooMany(BudgetDemand demand) {
    return demand.budget().hasAccountsOfCallers() && opened.isFull(demand.payer())
        ? BudgetRefusals.tooManyTags(demand)
        : unavailable(demand);
  }

  static BudgetDecision unavailable(BudgetDemand demand) {
    return new BudgetDecision.Refused(
        demand,
        new CapacityProblem(
            "budget_unavailable",
            "The database cannot say now how much of the budget '"
                + demand.budget().id()
                + "' is left. Retry later.",
            Duration.ofSeconds(5)));
  }

  @Override
  public CompletableFuture<BudgetDecision> holdLater(String requestId, List<BudgetDemand> demands) {
    CompletableFuture<BudgetDecision> decision = waiting.add(requestId, demands);
    leasing.wake();
    return decision;
  }

  /** The lease of a demand; null if there are too many. */
  @Nullable LocalLease lease(BudgetDemand demand) {
    BudgetAccount key = stored(demand.account());
    LocalLease known = leases.get(key);
    if (known != null || isFull(demand)) {
      return known;
    }
    return leases.computeIfAbsent(
        key,
        own ->
            demand.budget().hasAccountsOfCallers()
                ? opened.open(demand.budget(), own, demand.payer())
                : new LocalLease(demand.budget(), own, ""));
  }

  private boolean isFull(BudgetDemand demand) {
    return leases.size() >= MAX_ACCOUNTS
        || demand.budget().hasAccountsOfCallers() && opened.isFull(demand.payer());
  }

  /** The lease of the account of a budget; null if there are too many. */
  @Nullable LocalLease lease(Budget budget, BudgetAccount account) {
    return lease(new BudgetDemand(budget, account, 0, ""));
  }

  /** Forgets a lease of which nothing is leased and held. */
  void forget(LocalLease lease) {
    if (leases.remove(lease.account(), lease)) {
      opened.close(lease);
    }
  }

  /** The account with names as the database has them. */
  static BudgetAccount stored(BudgetAccount account) {
    String tenant = StoredText.clean(account.tenant());
    String value = StoredText.clean(account.value());
    return new BudgetAccount(account.budget(), tenant, value, account.window());
  }

  Map<BudgetAccount, LocalLease> leases() {
    return leases;
  }

  ReentrantLock lock() {
    return lock;
  }

  @Override
  public void release(String requestId) {
    BudgetHold hold = holds.remove(requestId);
    if (hold != null) {
      hold.giveBack();
    }
  }

  /** Calls that hold something. */
  public int holding() {
    return holds.size();
  }

  @Override
  public void ended(Call call, boolean recorded) {
    if (holds.isEmpty()) {
      return;
    }
    BudgetHold hold = holds.get(call.requestId());
    if (hold != null && recorded) {
      settlement.settle(call, hold);
    } else {
      release(call.requestId());
    }
  }

  @Override
  public void store(Connection connection, List<UsageRecord> rows, Insertion insertion)
      throws SQLException {
    if (budgets.isEmpty() && holds.isEmpty()) {
      insertion.commit();
      return;
    }
    lock.lock();
    try {
      RowCosts costs = new RowCosts(rows, budgets);
      List<UsageRecord> absent = unconfirmed.absent(connection, rows);
      RowCosts unpaid = absent.size() == rows.size() ? costs : new RowCosts(absent, budgets);
      Map<BudgetAccount, Long> left = costs.charge(connection, leasing.owner(), unpaid);
      commit(rows, insertion);
      left.forEach(this::sync);
      AlertWatch told = watch;
      if (told != null) {
        told.charged(costs.sums());
      }
    } finally {
      lock.unlock();
    }
    for (UsageRecord row : rows) {
      if (row.terminal()) {
        release(row.requestId());
      }
    }
  }

  private void commit(List<UsageRecord> rows, Insertion insertion) throws SQLException {
    try {
      insertion.commit();
    } catch (SQLException e) {
      unconfirmed.add(rows);
      throw e;
    }
    unconfirmed.remove(rows);
  }

  private void sync(BudgetAccount account, long amount) {
    LocalLease lease = leases.get(account);
    if (lease != null) {
      lease.charged(amount);
    }
  }

  @Override
  public void lost(String requestId) {
    lock.lock();
    try {
      unconfirmed.forget(requestId);
    } finally {
      lock.unlock();
    }
    release(requestId);
  }

  @Override
  public List<BudgetState> states(Budget budget) {
    List<LocalLease> own = new ArrayList<>();
    for (LocalLease lease : leases.values()) {
      if (lease.account().budget().equals(budget.id())) {
        own.add(lease);
      }
    }
    return page.states(budget, own, clock.millis(), leasing.owner());
  }

  @Override
  public Map<String, BudgetState> onlyStates(List<Budget> some) {
    long now = clock.millis();
    Map<Budget, BudgetPage.Held> held = new LinkedHashMap<>();
    for (Budget budget : some) {
      budget.onlyAccount(now).ifPresent(one -> held.put(budget, held(stored(one))));
    }
    return page.onlyStates(held, leasing.owner());
  }

  private BudgetPage.Held held(BudgetAccount account) {
    LocalLease lease = leases.get(account);
    return new BudgetPage.Held(account, lease == null ? 0 : lease.held());
  }

  /** Returns the leases, if the database responds, and stops. */
  @Override
  public void close() {
    CloseAll.inOrder(leasing::stop, page::close);
  }
}
