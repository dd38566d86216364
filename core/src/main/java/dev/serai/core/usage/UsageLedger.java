package dev.serai.core.usage;

import dev.serai.core.problem.CapacityProblem;
import java.util.List;
import java.util.Optional;

/**
 * Reads what calls used. Every method blocks. What it returns includes every call that ended
 * before; if that is impossible, because the database is unavailable or lags, it throws {@link
 * CapacityProblem}. Thread-safe.
 */
public interface UsageLedger {
  /**
   * The rows of one call, by attempt; empty if the call is unknown or not settled yet.
   *
   * @param id of the call, or else the ID that its client gave the request; if several calls have
   *     that, the newest is found
   * @param tenant whose calls are looked at, without copies that experiments make; empty for those
   *     of every tenant, with copies
   */
  List<UsageRecord> of(String id, Optional<String> tenant);

  /** The rows of one call of any tenant. */
  default List<UsageRecord> of(String id) {
    return of(id, Optional.empty());
  }

  /** The rows that match the filters, the newest first; groups are ignored. */
  List<UsageRecord> rows(UsageQuery query);

  /** Sums, ordered by their group. */
  default List<UsageTotals> totals(UsageQuery query) {
    return totals(List.of(query)).getFirst();
  }

  /** The sums of several queries, all as of the same moment. */
  List<List<UsageTotals>> totals(List<UsageQuery> queries);
}
