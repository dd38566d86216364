package dev.serai.gateway.management;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.budget.BudgetPeriod;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Role;
import dev.serai.core.caller.Roles;
import dev.serai.core.keys.KeyRequest;
import dev.serai.core.keys.KeyRequest.Expiry;
import dev.serai.core.keys.KeyRequestReader;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.usage.UsageRecord;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reads the JSON of requests about API keys; refuses members that it does not know. Pure. */
final class JsonKeyRequests implements KeyRequestReader {
  private static final Pattern ENTRY = Pattern.compile("[!-~]{1,256}");

  /** What the ledger records of a tag. */
  private static final Pattern TAG = Pattern.compile("[!-~]{1," + UsageRecord.MAX_TAG_LENGTH + "}");

  private static final int MAX_ENTRIES = 256;

  /** The words of OpenRouter. */
  private static final Map<String, BudgetPeriod> RESETS =
      new TreeMap<>(
          Map.of(
              "daily",
              BudgetPeriod.DAY,
              "weekly",
              BudgetPeriod.WEEK,
              "monthly",
              BudgetPeriod.MONTH));

  /** The words of {@code /admin/keys}. */
  private static final Map<String, Role> MANAGEMENT =
      Map.of("read", Role.AUDITOR, "write", Role.MANAGER);

  private static final long MAX_OVERLAP = Duration.ofDays(30).toSeconds();

  /** The last time that every database and every clock can express. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final Supplier<Roles> roles;

  JsonKeyRequests(Supplier<Roles> roles) {
    this.roles = roles;
  }

  @Override
  public KeyRequest read(byte[] json, Set<String> known) {
    RequestObject request = RequestObject.read(json, known);
    return new KeyRequest(
        request.name("name"),
        request
            .member("role")
            .map(value -> RequestObject.role(value, roles.get()))
            .or(() -> request.member("roles").map(this::oneOf)),
        request.name("tenant"),
        request.name("team"),
        request.name("user"),
        patterns(request, "models"),
        patterns(request, "tools"),
        request.member("tags").map(value -> texts(value, "tags", TAG, UsageRecord.MAX_TAGS)),
        request.flag("disabled"),
        request.given("expires_at").map(JsonKeyRequests::expiry),
        request.member("overlap_seconds").map(JsonKeyRequests::overlap),
        request.given("limits").map(JsonRateLimits::read),
        new KeyRequest.Spending(
            request.given("limit").map(JsonKeyRequests::limit),
            request.given("limit_reset").map(JsonKeyRequests::reset)));
  }

  private static Optional<List<String>> patterns(RequestObject request, String member) {
    Optional<List<String>> patterns =
        request.member(member).map(value -> texts(value, member, ENTRY, MAX_ENTRIES));
    int number = 0;
    for (String pattern : patterns.orElse(List.of())) {
      number++;
      Optional<String> fault = AllowList.fault(pattern);
      if (fault.isPresent()) {
        String entry = "Entry " + number + " of '" + member + "' ";
        throw CallerProblem.invalid(member, entry + fault.get() + ".");
      }
    }
    return patterns;
  }

  private static List<String> texts(JsonNode value, String member, Pattern entry, int most) {
    if (!value.isArray() || value.size() > most) {
      throw CallerProblem.invalid(
          member, "'" + member + "' must be a list of at most " + most + " texts.");
    }
    List<String> entries = new ArrayList<>();
    int longest = entry == TAG ? UsageRecord.MAX_TAG_LENGTH : 256;
    String rule = "must have entries of 1 to " + longest + " visible ASCII characters";
    value.forEach(
        text -> entries.add(RequestObject.text(text, member, entry.asMatchPredicate(), rule)));
    return entries.stream().distinct().toList();
  }

  /** The role of a list with one, in which read and write are those of management keys. */
  private Role oneOf(JsonNode value) {
    List<String> names = texts(value, "roles", ENTRY, 2);
    if (names.size() == 2 && MANAGEMENT.keySet().containsAll(names)) {
      return Role.MANAGER;
    }
    if (names.size() != 1) {
      throw CallerProblem.invalid("roles", "'roles' must have one role, such as [\"read\"].");
    }
    Role management = MANAGEMENT.get(names.getFirst());
    return management == null ? RequestObject.role(value.get(0), roles.get()) : management;
  }

  private static OptionalLong limit(JsonNode value) {
    return value.isNull()
        ? OptionalLong.empty()
        : OptionalLong.of(RequestObject.nanoUsd(value, "limit"));
  }

  private static BudgetPeriod reset(JsonNode value) {
    return value.isNull() ? BudgetPeriod.TOTAL : RequestObject.period(value, "limit_reset", RESETS);
  }

  private static Expiry expiry(JsonNode value) {
    return new Expiry(value.isNull() ? Optional.empty() : Optional.of(time(value)));
  }

  private static Instant time(JsonNode value) {
    try {
      Instant at = OffsetDateTime.parse(value.asText()).toInstant();
      if (!at.isAfter(LATEST)) {
        return at;
      }
      throw notATime();
    } catch (DateTimeException e) {
      throw notATime();
    }
  }

  private static CallerProblem notATime() {
    return CallerProblem.invalid(
        "expires_at", "'expires_at' must be a time like 2027-01-31T12:00:00Z, or null for never.");
  }

  private static Duration overlap(JsonNode value) {
    long seconds = value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : -1;
    if (seconds < 0 || seconds > MAX_OVERLAP) {
      throw CallerProblem.invalid(
          "overlap_seconds", "'overlap_seconds' must be 0 to " + MAX_OVERLAP + ".");
    }
    return Duration.ofSeconds(seconds);
  }
}
