package dev.serai.core.usage;

import dev.serai.core.problem.CapacityProblem;
import java.util.List;

/**
 * Reads what calls used. Every method blocks and throws {@link CapacityProblem} when the database
 * is unavailable. Thread-safe.
 */
public interface UsageLedger {
  /** The rows of one call, by attempt; empty if the call is unknown or not settled yet. */
  List<UsageRecord> of(String requestId);

  /** The rows that match the filters, the newest first; groups are ignored. */
  List<UsageRecord> rows(UsageQuery query);

  /** Sums, ordered by their group. */
  List<UsageTotals> totals(UsageQuery query);
}
