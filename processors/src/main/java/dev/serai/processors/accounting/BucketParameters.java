package dev.serai.processors.accounting;

import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Permission;
import dev.serai.core.http.QueryString;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.text.KnownNames;
import dev.serai.core.usage.Dimension;
import dev.serai.core.usage.UsageQuery;
import dev.serai.processors.management.QueryNumber;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The query of a request for usage by time, with the parameters of OpenAI's organization API: a
 * project is a tenant here. Immutable.
 */
final class BucketParameters {
  private static final Map<String, Dimension> DIMENSIONS =
      Map.of(
          "project_id", Dimension.TENANT,
          "user_id", Dimension.USER,
          "api_key_id", Dimension.KEY,
          "model", Dimension.MODEL,
          "line_item", Dimension.MODEL);

  private static final Map<String, Dimension> FILTERS =
      Map.of(
          "project_ids", Dimension.TENANT,
          "user_ids", Dimension.USER,
          "api_key_ids", Dimension.KEY,
          "models", Dimension.MODEL);

  private static final Set<String> OTHERS =
      Set.of("start_time", "end_time", "bucket_width", "group_by", "limit", "page");

  private static final Set<String> NAMES =
      Stream.concat(FILTERS.keySet().stream(), OTHERS.stream())
          .collect(Collectors.toUnmodifiableSet());

  private static final int MAX_LENGTH = 4096;
  private static final int MAX_GROUPS = 20_000;

  /** A width of buckets, with how many of them a page has. */
  enum Width {
    MINUTE("1m", 60, 60, 60),
    HOUR("1h", 3600, 24, 168),
    DAY("1d", 86_400, 7, 180);

    private final String label;
    private final long seconds;
    private final int usual;
    private final int most;

    Width(String label, long seconds, int usual, int most) {
      this.label = label;
      this.seconds = seconds;
      this.usual = usual;
      this.most = most;
    }

    long seconds() {
      return seconds;
    }
  }

  private final Map<String, String> values;
  private final List<String> groupBy;
  private final Map<Dimension, String> filters;
  private final boolean all;

  private BucketParameters(
      Map<String, String> values,
      List<String> groupBy,
      Map<Dimension, String> filters,
      boolean all) {
    this.values = values;
    this.groupBy = groupBy;
    this.filters = filters;
    this.all = all;
  }

  /**
   * Reads a percent-encoded query. A caller that is not an administrator sees its own tenant only,
   * without the copies that experiments make.
   *
   * @throws CallerProblem 400 if a parameter is unknown or wrong
   */
  static BucketParameters of(String query, Caller caller) {
    if (query.length() > MAX_LENGTH) {
      throw CallerProblem.invalid("The query is longer than " + MAX_LENGTH + " characters.");
    }
    Map<String, String> values = new HashMap<>();
    List<String> groupBy = new ArrayList<>();
    Map<Dimension, String> filters = new EnumMap<>(Dimension.class);
    for (QueryString.Parameter parameter : QueryString.of(query).parameters()) {
      String name = parameter.name().replace("[]", "");
      if (name.equals("group_by")) {
        addGroups(parameter.value(), groupBy);
      } else if (FILTERS.containsKey(name)) {
        addFilter(name, parameter.value(), filters);
      } else if (!OTHERS.contains(name)) {
        throw CallerProblem.invalid(
            name, "Unknown parameter '" + name + "'. " + KnownNames.hint(name, NAMES));
      } else if (values.put(name, parameter.value()) != null) {
        throw CallerProblem.invalid(name, "The parameter '" + name + "' is given twice.");
      }
    }
    boolean all = caller.may(Permission.ADMIN_READ);
    if (!all) {
      filters.put(Dimension.TENANT, caller.tenant());
    }
    return new BucketParameters(values, List.copyOf(groupBy), filters, all);
  }

  private static void addGroups(String written, List<String> groupBy) {
    for (String name : written.split(",")) {
      if (!DIMENSIONS.containsKey(name) || groupBy.contains(name)) {
        throw CallerProblem.invalid(
            "group_by", "Group by any of project_id, user_id, api_key_id, model, line_item, once.");
      }
      groupBy.add(name);
    }
  }

  private static void addFilter(String name, String value, Map<Dimension, String> filters) {
    if (filters.put(FILTERS.get(name), value) != null) {
      throw CallerProblem.invalid(name, "The parameter '" + name + "' takes one value.");
    }
  }

  /** The names of the groups, as the client wrote them. */
  List<String> groupBy() {
    return groupBy;
  }

  /** The width of the buckets. */
  Width width() {
    String written = values.getOrDefault("bucket_width", Width.DAY.label);
    for (Width width : Width.values()) {
      if (width.label.equals(written)) {
        return width;
      }
    }
    throw CallerProblem.invalid("bucket_width", "The width of a bucket is 1m, 1h or 1d.");
  }

  /** The start of the first bucket of the page, in seconds since 1970. */
  long start() {
    String page = values.get("page");
    long from = page == null ? seconds("start_time", -1) : page(page);
    if (from < 0) {
      throw CallerProblem.invalid("start_time", "'start_time' is required, in seconds since 1970.");
    }
    return from / width().seconds() * width().seconds();
  }

  private static long page(String page) {
    if (!page.matches("page_[0-9]{1,11}")) {
      throw CallerProblem.invalid("page", "'page' is the next_page of the page before.");
    }
    return Long.parseLong(page.substring("page_".length()));
  }

  /**
   * The end of the last bucket of all pages, in seconds since 1970.
   *
   * @param now what counts if the request gives no end
   */
  long end(long now) {
    return seconds("end_time", now);
  }

  private long seconds(String name, long otherwise) {
    String written = values.get(name);
    if (written == null) {
      return otherwise;
    }
    if (!written.matches("[0-9]{1,11}")) {
      throw CallerProblem.invalid(name, "'" + name + "' must be in seconds since 1970.");
    }
    return Long.parseLong(written);
  }

  /** How many buckets a page has. */
  int limit() {
    Width width = width();
    return QueryNumber.limit(Optional.ofNullable(values.get("limit")), width.usual, width.most);
  }

  /** The query of the ledger for one bucket. */
  UsageQuery query(long fromSeconds, long untilSeconds) {
    List<Dimension> dimensions = groupBy.stream().map(DIMENSIONS::get).distinct().toList();
    return new UsageQuery(
        fromSeconds * 1000, untilSeconds * 1000, filters, dimensions, MAX_GROUPS, all);
  }

  /** The place of a group's value among those of {@link #query}; -1 if it is not a group. */
  int place(String name) {
    if (!groupBy.contains(name)) {
      return -1;
    }
    List<Dimension> dimensions = groupBy.stream().map(DIMENSIONS::get).distinct().toList();
    return dimensions.indexOf(DIMENSIONS.get(name));
  }
}
