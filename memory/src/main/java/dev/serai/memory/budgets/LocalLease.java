package dev.serai.memory.budgets;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetAccount;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The share of one account that this gateway has leased: how much of it is available, and what the
 * database said last. Calls take from it by compare-and-set. {@link #sync} and {@link #leased} are
 * for the owner of the lock of {@link BudgetLeases}; all else is thread-safe.
 */
final class LocalLease {
  private final String opener;
  private final BudgetAccount account;

  /** The lease without what is held. Below zero if calls cost more than they held. */
  private final AtomicLong available = new AtomicLong();

  private long leased;
  private volatile long lowWater = Long.MIN_VALUE;
  private volatile boolean used;
  private volatile boolean stale;
  private final AtomicBoolean refilling = new AtomicBoolean();
  private volatile @Nullable Finding finding;

  /** When other gateways had nothing to give back, by the ticker, and whether that ever was so. */
  private volatile long askedNanos;

  private volatile boolean asked;

  /**
   * What the database said.
   *
   * @param atNanos when, by the ticker
   * @param spent what the ledger has
   * @param leased what all gateways lease, in sum
   * @param free what is neither spent nor leased
   * @param elsewhere whether other gateways lease something that they do not hold for calls
   */
  record Finding(long atNanos, long spent, long leased, long free, boolean elsewhere) {}

  private volatile Budget budget;

  /**
   * @param opener the tenant whose call has opened the account by naming a tag; else empty
   */
  LocalLease(Budget budget, BudgetAccount account, String opener) {
    this.budget = budget;
    this.opener = opener;
    this.account = account;
  }

  Budget budget() {
    return budget;
  }

  /** Takes the changed budget; the lease is stale until the database has compared it. */
  void become(Budget changed) {
    budget = changed;
    finding = null;
    stale = true;
  }

  /** Whether it was leased of a limit that has changed: calls take nothing of it. */
  boolean isStale() {
    return stale;
  }

  /** The database has compared all leases with the limit of now. */
  void compared(boolean within) {
    stale = stale && !within;
  }

  String opener() {
    return opener;
  }

  BudgetAccount account() {
    return account;
  }

  /** Takes an amount if so much is available. */
  boolean tryTake(long amount) {
    long seen = available.get();
    while (seen >= amount && !stale) {
      long now = available.compareAndExchange(seen, seen - amount);
      if (now == seen) {
        used = true;
        return true;
      }
      seen = now;
    }
    return false;
  }

  /** Gives an amount back; takes it, whatever is available, if it is negative. */
  void give(long amount) {
    available.addAndGet(amount);
  }

  long available() {
    return available.get();
  }

  /** Whether so little is left that more should be leased. */
  boolean isLow() {
    return available.get() < lowWater;
  }

  /** Whether a refill was not requested before. */
  boolean requestRefill() {
    return !refilling.get() && refilling.compareAndSet(false, true);
  }

  /** From now on, it may be requested again. */
  void refilling() {
    refilling.set(false);
  }

  /** Takes what the database has as this gateway's lease for the truth. */
  void sync(long amount) {
    available.addAndGet(amount - leased);
    leased = amount;
    lowWater = Long.MIN_VALUE;
  }

  /** The same after costs were written, which the database now has as spent and not as leased. */
  void charged(long amount) {
    Finding before = finding;
    long cost = leased - amount;
    if (before != null) {
      finding =
          new Finding(
              before.atNanos,
              before.spent + cost,
              before.leased - cost,
              before.free,
              before.elsewhere);
    }
    long low = lowWater;
    sync(amount);
    lowWater = low;
  }

  /** The same after more was asked for. */
  void sync(long amount, Finding found) {
    sync(amount);
    finding = found;
    lowWater = found.free > 0 ? amount / 2 : Long.MIN_VALUE;
  }

  long leased() {
    return leased;
  }

  /** What calls hold. */
  long held() {
    return Math.max(0, leased - available.get());
  }

  /** Whether nothing is leased, held or owed. */
  boolean isEmpty() {
    return leased == 0 && available.get() == 0;
  }

  /** Takes everything that is available, to return it. */
  long takeSurplus() {
    return Math.max(0, available.getAndUpdate(now -> Math.min(now, 0)));
  }

  /** The surplus that was taken is no longer leased, as far as is known. */
  void returned(long amount) {
    leased -= amount;
  }

  /** Whether it was used since this was asked last. */
  boolean wasUsed() {
    boolean was = used;
    used = false;
    return was;
  }

  @Nullable Finding finding() {
    return finding;
  }

  /** A call has waited for other gateways, and none gave anything back. */
  void othersHaveNothing(long nowNanos) {
    askedNanos = nowNanos;
    asked = true;
  }

  /** Whether other gateways had nothing to give back within this time. */
  boolean othersHadNothing(long nowNanos, long withinNanos) {
    return asked && nowNanos - askedNanos < withinNanos;
  }
}
