package dev.serai.core.usage;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A query of the ledger.
 *
 * @param fromMillis attempts that began then or later count, in milliseconds since 1970 (UTC)
 * @param untilMillis attempts that began before then count
 * @param filters the values that count, by dimension; {@code DAY} and {@code HOUR} are not allowed
 * @param groupBy the dimensions of the groups, in this order; empty for one sum
 * @param limit the maximum number of rows
 * @param copies whether rows of {@link dev.serai.core.request.Operation#SHADOW} count; they concern
 *     the operator and not the tenant
 */
public record UsageQuery(
    long fromMillis,
    long untilMillis,
    Map<Dimension, String> filters,
    List<Dimension> groupBy,
    int limit,
    boolean copies) {
  /**
   * @throws IllegalArgumentException if a filter is a day or an hour
   */
  public UsageQuery {
    EnumMap<Dimension, String> values = new EnumMap<>(Dimension.class);
    values.putAll(filters);
    if (values.containsKey(Dimension.DAY) || values.containsKey(Dimension.HOUR)) {
      throw new IllegalArgumentException("a time is chosen by fromMillis and untilMillis");
    }
    filters = Map.copyOf(values);
    groupBy = List.copyOf(groupBy);
  }

  /** A query of calls, without copies. */
  public UsageQuery(
      long fromMillis,
      long untilMillis,
      Map<Dimension, String> filters,
      List<Dimension> groupBy,
      int limit) {
    this(fromMillis, untilMillis, filters, groupBy, limit, false);
  }

  /** The same query with other groups. */
  public UsageQuery grouped(List<Dimension> by, int most) {
    return new UsageQuery(fromMillis, untilMillis, filters, by, most, copies);
  }
}
