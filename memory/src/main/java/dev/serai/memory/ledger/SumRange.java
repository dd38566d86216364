package dev.serai.memory.ledger;

import dev.serai.core.usage.Dimension;
import dev.serai.core.usage.UsageQuery;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A part of the time of a query and the table that has its sums. The parts of a query are its whole
 * days, the whole hours before and after them, and what is left at both ends, as far as the tables
 * know the dimensions of the query: {@code usage_day} has no API keys and users, and neither has
 * sessions and tags.
 *
 * @param fromMillis the first millisecond
 * @param untilMillis the first millisecond after it
 */
record SumRange(Source source, long fromMillis, long untilMillis) {
  private static final long HOUR = 3_600_000L;

  /** The end of the time for which request ids have a prefix; a multiple of a day. */
  private static final long MAX_MILLIS = ((1L << 48) - 1) / (24 * HOUR) * (24 * HOUR);

  /** The dimensions that {@code usage_day} does not have. */
  private static final Set<Dimension> OF_HOURS =
      EnumSet.of(Dimension.KEY, Dimension.USER, Dimension.HOUR);

  /** The tables, from the finest to the coarsest. */
  enum Source {
    ATTEMPTS(1),
    HOURS(HOUR),
    DAYS(24 * HOUR);

    private final long millis;

    Source(long millis) {
      this.millis = millis;
    }
  }

  /** The parts of a query; none of them is empty, but there may be no part. */
  static List<SumRange> of(UsageQuery query) {
    long from = Math.clamp(query.fromMillis(), 0, MAX_MILLIS);
    long until = Math.clamp(query.untilMillis(), 0, MAX_MILLIS);
    List<SumRange> ranges = new ArrayList<>();
    split(coarsest(query), from, until, ranges);
    if (ranges.isEmpty()) {
      ranges.add(new SumRange(Source.ATTEMPTS, from, from)); // totals of nothing are zeros
    }
    return ranges;
  }

  private static Source coarsest(UsageQuery query) {
    Set<Dimension> used = new HashSet<>(query.groupBy());
    used.addAll(query.filters().keySet());
    if (used.contains(Dimension.SESSION) || used.contains(Dimension.TAG)) {
      return Source.ATTEMPTS;
    }
    return used.stream().anyMatch(OF_HOURS::contains) ? Source.HOURS : Source.DAYS;
  }

  /** Splits a time into what this source has whole, and its ends for the next finer source. */
  private static void split(Source source, long from, long until, List<SumRange> into) {
    if (from >= until) {
      return;
    }
    long first = Math.ceilDiv(from, source.millis) * source.millis;
    long last = until / source.millis * source.millis;
    if (first >= last) {
      split(Source.values()[source.ordinal() - 1], from, until, into);
      return;
    }
    into.add(new SumRange(source, first, last));
    if (source != Source.ATTEMPTS) {
      Source finer = Source.values()[source.ordinal() - 1];
      split(finer, from, first, into);
      split(finer, last, until, into);
    }
  }
}
