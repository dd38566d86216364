package dev.serai.core.usage;

import dev.serai.core.problem.CapacityProblem;
import java.util.List;

/**
 * What calls used, for those who ask later. Every method blocks and throws {@link CapacityProblem}
 * when the database cannot be asked. Thread-safe.
 */
public interface UsageLedger {
  /** The rows of one call, by attempt; empty if the call is unknown or not settled yet. */
  List<UsageRecord> of(String requestId);

  /** The rows that the question asks for, the newest first; what it groups by is of no concern. */
  List<UsageRecord> rows(UsageQuery query);

  /** Sums, ordered by their group. */
  List<UsageTotals> totals(UsageQuery query);
}
