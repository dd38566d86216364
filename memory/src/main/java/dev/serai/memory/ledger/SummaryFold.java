package dev.serai.memory.ledger;

import dev.serai.core.usage.Dimension;
import dev.serai.core.usage.UsageQuery;
import dev.serai.core.usage.UsageTotals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers several queries, which differ only in their groups, by one query whose groups are finer
 * than all of theirs: it adds each of its groups to the groups of each query. So the database reads
 * and sorts the sums once and not for every query. Times are left to queries of their own, since
 * they would make many groups of few. Not thread-safe.
 */
final class SummaryFold implements UsageSums.GroupSink {
  private static final Set<Dimension> FOLDABLE =
      EnumSet.of(Dimension.TENANT, Dimension.TASK_TYPE, Dimension.PROVIDER, Dimension.MODEL);

  /**
   * Up to about so many groups it is faster to add here than to query again. It bounds the memory,
   * too.
   */
  private static final int MAX_GROUPS = 2_000;

  private static final Comparator<List<String>> BY_VALUES =
      (a, b) -> Arrays.compare(a.toArray(String[]::new), b.toArray(String[]::new));

  private final UsageQuery finest;
  private final List<Part> parts = new ArrayList<>();
  private int groups;

  /** A query, the places of its dimensions in the finest group, and the sums of its groups. */
  private record Part(UsageQuery query, int[] places, Map<List<String>, long[]> sums) {}

  private SummaryFold(List<UsageQuery> queries) {
    EnumSet<Dimension> dimensions = EnumSet.noneOf(Dimension.class);
    queries.forEach(query -> dimensions.addAll(query.groupBy()));
    List<Dimension> groupBy = List.copyOf(dimensions);
    UsageQuery first = queries.getFirst();
    finest = first.grouped(groupBy, MAX_GROUPS + 1);
    for (UsageQuery query : queries) {
      int[] places = query.groupBy().stream().mapToInt(groupBy::indexOf).toArray();
      Part part = new Part(query, places, new HashMap<>());
      if (places.length == 0) {
        part.sums.put(List.of(), new long[UsageSumColumns.COUNT]);
      }
      parts.add(part);
    }
  }

  /** Those of the queries that can be answered in this way; empty if that saves nothing. */
  static Optional<SummaryFold> of(List<UsageQuery> queries) {
    List<UsageQuery> alike =
        queries.stream()
            .filter(query -> FOLDABLE.containsAll(query.groupBy()))
            .filter(query -> hasRowsOf(query, queries.getFirst()))
            .toList();
    return alike.size() < 2 ? Optional.empty() : Optional.of(new SummaryFold(alike));
  }

  private static boolean hasRowsOf(UsageQuery query, UsageQuery other) {
    return query.fromMillis() == other.fromMillis()
        && query.untilMillis() == other.untilMillis()
        && query.copies() == other.copies()
        && query.filters().equals(other.filters());
  }

  /** The query whose groups are to be added. */
  UsageQuery query() {
    return finest;
  }

  @Override
  public boolean accept(List<String> group, long[] sums) {
    groups++;
    for (Part part : parts) {
      List<String> coarser = new ArrayList<>(part.places.length);
      for (int place : part.places) {
        coarser.add(group.get(place));
      }
      add(part.sums.computeIfAbsent(coarser, k -> new long[sums.length]), sums);
    }
    return groups <= MAX_GROUPS;
  }

  static void add(long[] to, long[] sums) {
    for (int i = 0; i < sums.length; i++) {
      to[i] += sums[i];
    }
  }

  /** The totals by query; empty if there were too many groups. */
  Map<UsageQuery, List<UsageTotals>> totals() {
    Map<UsageQuery, List<UsageTotals>> totals = new HashMap<>();
    if (groups <= MAX_GROUPS) {
      parts.forEach(part -> totals.put(part.query, totals(part.sums, part.query)));
    }
    return totals;
  }

  /** The totals that answer a query, ordered by their group. */
  static List<UsageTotals> totals(Map<List<String>, long[]> sums, UsageQuery query) {
    return sums.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(BY_VALUES))
        .limit(query.limit())
        .map(sum -> UsageSumColumns.totals(sum.getKey(), sum.getValue()))
        .toList();
  }
}
