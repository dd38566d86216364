package dev.serai.memory.ledger;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.usage.Dimension;
import dev.serai.core.usage.UsageQuery;
import dev.serai.core.usage.UsageTotals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sums by tag. The database groups by all tags of a row together, and this adds each such group to
 * the group of each of its tags; rows without tags are the group of the empty tag. Not thread-safe.
 */
final class TagFold implements UsageSums.GroupSink {
  /** It bounds the memory. */
  private static final int MAX_GROUPS = 50_000;

  private final UsageQuery query;
  private final int place;
  private final Map<List<String>, long[]> sums = new HashMap<>();
  private int groups;

  TagFold(UsageQuery query) {
    this.query = query;
    this.place = query.groupBy().indexOf(Dimension.TAG);
  }

  /** The query whose groups are to be added. */
  UsageQuery query() {
    return query.grouped(query.groupBy(), MAX_GROUPS + 1);
  }

  @Override
  public boolean accept(List<String> group, long[] added) {
    groups++;
    List<String> tags = StoredTags.of(group.get(place));
    for (String tag : tags.isEmpty() ? List.of("") : tags) {
      List<String> one = new ArrayList<>(group);
      one.set(place, tag);
      SummaryFold.add(sums.computeIfAbsent(one, k -> new long[added.length]), added);
    }
    return groups <= MAX_GROUPS;
  }

  /**
   * The totals, ordered by their group.
   *
   * @throws CallerProblem 400 if there are too many groups
   */
  List<UsageTotals> totals() {
    if (groups > MAX_GROUPS) {
      throw new CallerProblem(
          400,
          "too_many_groups",
          "There are more than "
              + MAX_GROUPS
              + " combinations of tags and other values. Choose a shorter time, or filter.",
          Optional.of("group_by"));
    }
    return SummaryFold.totals(sums, query);
  }
}
