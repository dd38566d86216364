package dev.serai.memory.budgets;

import dev.serai.core.budget.BudgetAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Which accounts must be compared with the ledger, because a threshold may be reached. The costs
 * that this gateway writes are added up, so that most of them need no query. Those of other
 * gateways are noticed half a minute later at most. Thread-safe.
 */
final class AlertWatch {
  private static final int MAX_ACCOUNTS = 100_000;
  private static final long STALE_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long IDLE_NANOS = Duration.ofMinutes(10).toNanos();

  private final Map<BudgetAccount, Watched> accounts = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong(1);

  /** An account. Costs and refusals come from any thread; all else is for one thread. */
  static final class Watched {
    private final BudgetAccount account;
    private final AtomicLong cost = new AtomicLong();
    private volatile boolean refused;
    private boolean refusalKnown;
    private long comparedIn;
    private long spent;
    private long next;
    private long comparedNanos;

    private Watched(BudgetAccount account) {
      this.account = account;
    }

    BudgetAccount account() {
      return account;
    }

    boolean refused() {
      return refused;
    }

    /** The costs that were written since the account was compared last. */
    long cost() {
      return cost.get();
    }

    private boolean isDue(long nowNanos, long change) {
      if (comparedIn != change || (refused && !refusalKnown)) {
        return true;
      }
      long since = cost.get();
      return since > 0 && (since >= next - spent || nowNanos - comparedNanos >= STALE_NANOS);
    }

    private boolean isIdle(long nowNanos) {
      return cost.get() == 0 && nowNanos - comparedNanos >= IDLE_NANOS;
    }

    /**
     * The account was compared.
     *
     * @param before what {@link #cost} was before
     */
    void compared(Comparison result, long before) {
      cost.addAndGet(-before);
      spent = result.spent;
      next = result.next;
      refusalKnown = result.refused;
      comparedNanos = result.atNanos;
      comparedIn = result.change;
    }
  }

  /**
   * The result of a comparison.
   *
   * @param next the amount at which a threshold is reached next
   * @param refused whether a refusal is known
   * @param change what {@link #change} was before the budgets were read
   */
  record Comparison(long spent, long next, boolean refused, long atNanos, long change) {}

  /** Costs were written to the ledger. */
  void charged(Map<BudgetAccount, Long> costs) {
    costs.forEach(
        (account, cost) -> {
          Watched watched = watched(account);
          if (watched != null) {
            watched.cost.addAndGet(cost);
          }
        });
  }

  /** A budget has refused a call of an account because too little is left. */
  void refused(BudgetAccount account) {
    Watched watched = watched(account);
    if (watched != null && !watched.refused) {
      watched.refused = true;
    }
  }

  /** An account may have reached a threshold before. */
  void add(BudgetAccount account) {
    var _ = watched(account);
  }

  /** Budgets have changed: every account is compared again. */
  void changed() {
    changes.incrementAndGet();
  }

  /**
   * The number of the latest change of budgets. An account is compared again unless it was compared
   * with the budgets of this change or a later one.
   */
  long change() {
    return changes.get();
  }

  private @Nullable Watched watched(BudgetAccount account) {
    Watched known = accounts.get(account);
    if (known != null || accounts.size() >= MAX_ACCOUNTS) {
      return known;
    }
    return accounts.computeIfAbsent(account, Watched::new);
  }

  /** The accounts to compare now. Those that were not charged for some minutes are forgotten. */
  List<Watched> due(long nowNanos) {
    long change = change();
    List<Watched> due = new ArrayList<>();
    for (Watched watched : accounts.values()) {
      if (watched.isDue(nowNanos, change)) {
        due.add(watched);
      } else if (watched.isIdle(nowNanos)) {
        accounts.remove(watched.account, watched);
      }
    }
    return due;
  }
}
