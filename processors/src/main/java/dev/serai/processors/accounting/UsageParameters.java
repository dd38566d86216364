package dev.serai.processors.accounting;

import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Permission;
import dev.serai.core.http.QueryString;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.core.text.KnownNames;
import dev.serai.core.usage.Dimension;
import dev.serai.core.usage.UsageQuery;
import dev.serai.processors.management.QueryNumber;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The query of a request for usage. Immutable. */
final class UsageParameters {
  private static final Set<String> NAMES = Set.of("from", "to", "group_by", "limit", "format");
  private static final String TENANT = name(Dimension.TENANT);
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_ROWS = 10_000;
  private static final int MAX_LENGTH = 4096;

  private final Map<String, String> values;
  private final boolean all;

  private UsageParameters(Map<String, String> values, boolean all) {
    this.values = values;
    this.all = all;
  }

  /**
   * Reads a percent-encoded query. A caller that is not an administrator sees its own tenant only,
   * without the copies that experiments make.
   *
   * @throws CallerProblem 400 if a parameter is unknown or given twice
   * @throws PermissionProblem 403 if it names another tenant
   */
  static UsageParameters of(String query, Caller caller) {
    if (query.length() > MAX_LENGTH) {
      throw CallerProblem.invalid("The query is longer than " + MAX_LENGTH + " characters.");
    }
    Map<String, String> values = QueryString.of(query).byName(known());
    boolean all = caller.may(Permission.ADMIN_READ);
    if (!all) {
      String asked = values.put(TENANT, caller.tenant());
      if (asked != null && !asked.equals(caller.tenant())) {
        throw new PermissionProblem(
            "permission_denied",
            "The caller may read the usage of its own tenant only.",
            Optional.of(TENANT));
      }
    }
    return new UsageParameters(values, all);
  }

  private static Set<String> known() {
    Set<String> known = new HashSet<>(NAMES);
    known.addAll(filters().keySet());
    return known;
  }

  /** The dimensions that rows can be filtered by, by parameter name. */
  private static Map<String, Dimension> filters() {
    Map<String, Dimension> filters = new HashMap<>();
    for (Dimension dimension : Dimension.values()) {
      if (dimension != Dimension.DAY && dimension != Dimension.HOUR) {
        filters.put(name(dimension), dimension);
      }
    }
    return filters;
  }

  /** The name of a dimension in queries and replies. */
  static String name(Dimension dimension) {
    return dimension.name().toLowerCase(Locale.ROOT);
  }

  /** The query for the ledger. */
  UsageQuery query() {
    return query(groupBy());
  }

  /** The query for the ledger, with another grouping. */
  UsageQuery query(List<Dimension> groupBy) {
    Map<Dimension, String> only = new EnumMap<>(Dimension.class);
    filters()
        .forEach(
            (name, dimension) -> {
              String value = values.get(name);
              if (value != null) {
                only.put(dimension, value);
              }
            });
    int otherwise = grouped() || !groupBy.isEmpty() ? MAX_ROWS : DEFAULT_LIMIT;
    int limit = QueryNumber.limit(Optional.ofNullable(values.get("limit")), otherwise, MAX_ROWS);
    return new UsageQuery(time("from", 0), time("to", Long.MAX_VALUE), only, groupBy, limit, all);
  }

  /** Whether the request asks for totals and not for attempts. */
  boolean grouped() {
    return values.containsKey("group_by");
  }

  /** Whether the request asks for CSV, by {@code format} or else by its Accept header. */
  boolean csv(String accept) {
    String format = values.get("format");
    if (format == null) {
      return accept.contains("text/csv");
    }
    if (!format.equals("csv") && !format.equals("json")) {
      throw CallerProblem.invalid("format", "'format' must be json or csv.");
    }
    return format.equals("csv");
  }

  private List<Dimension> groupBy() {
    List<Dimension> dimensions = new ArrayList<>();
    String written = values.getOrDefault("group_by", "");
    for (String name : written.isEmpty() ? new String[0] : written.split(",")) {
      Dimension dimension = dimension(name.strip());
      if (dimensions.contains(dimension)) {
        throw CallerProblem.invalid("group_by", "'" + name + "' is given twice.");
      }
      dimensions.add(dimension);
    }
    return dimensions;
  }

  private static Dimension dimension(String name) {
    List<String> all = new ArrayList<>();
    for (Dimension dimension : Dimension.values()) {
      if (name(dimension).equals(name)) {
        return dimension;
      }
      all.add(name(dimension));
    }
    throw CallerProblem.invalid(
        "group_by",
        "'"
            + name
            + "' is unknown. "
            + KnownNames.meant(name, all).map(question -> question + " ").orElse("")
            + "Group by any of "
            + String.join(", ", all)
            + ".");
  }

  /** Reads a day (from midnight UTC), an instant, or seconds since 1970. */
  private long time(String name, long otherwise) {
    String written = values.get(name);
    if (written == null) {
      return otherwise;
    }
    try {
      if (written.length() == "2026-11-21".length() && written.indexOf('-') > 0) {
        return day(written, name.equals("to"));
      }
      return written.matches("[0-9]{1,11}")
          ? Long.parseLong(written) * 1000
          : Instant.parse(written).toEpochMilli();
    } catch (DateTimeParseException | ArithmeticException e) {
      throw CallerProblem.invalid(
          name,
          "'"
              + name
              + "' must be a date (2026-11-21), a time (2026-11-21T09:00:00Z) or seconds since"
              + " 1970.");
    }
  }

  private static long day(String written, boolean end) {
    LocalDate day = LocalDate.parse(written).plusDays(end ? 1 : 0);
    return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }
}
