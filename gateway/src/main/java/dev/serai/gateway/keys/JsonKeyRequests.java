package dev.serai.gateway.keys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Role;
import dev.serai.core.keys.KeyRequest;
import dev.serai.core.keys.KeyRequest.Expiry;
import dev.serai.core.keys.KeyRequestReader;
import dev.serai.core.problem.CallerProblem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the JSON of requests about API keys; refuses members that it does not know. Pure. */
final class JsonKeyRequests implements KeyRequestReader {
  private static final Pattern ENTRY = Pattern.compile("[!-~]{1,256}");
  private static final int MAX_ENTRIES = 256;
  private static final long MAX_OVERLAP = Duration.ofDays(30).toSeconds();

  /** The last time that every database and every clock can express. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  @Override
  public KeyRequest read(byte[] json, Set<String> known) {
    RequestObject request = RequestObject.read(json, known);
    return new KeyRequest(
        request.name("name"),
        request.member("role").map(JsonKeyRequests::role),
        request.name("tenant"),
        request.name("team"),
        request.name("user"),
        patterns(request, "models"),
        patterns(request, "tools"),
        entries(request, "tags"),
        request.flag("disabled"),
        request.given("expires_at").map(JsonKeyRequests::expiry),
        request.member("overlap_seconds").map(JsonKeyRequests::overlap),
        request.given("limits").map(JsonRateLimits::read));
  }

  private static Optional<List<String>> entries(RequestObject request, String member) {
    return request.member(member).map(value -> texts(value, member));
  }

  private static Optional<List<String>> patterns(RequestObject request, String member) {
    Optional<List<String>> patterns = entries(request, member);
    for (String pattern : patterns.orElse(List.of())) {
      AllowList.fault(pattern).ifPresent(why -> refuse(member, pattern, why));
    }
    return patterns;
  }

  private static void refuse(String member, String pattern, String why) {
    throw CallerProblem.invalid(
        member, "The entry '" + pattern + "' of '" + member + "' " + why + ".");
  }

  private static List<String> texts(JsonNode value, String member) {
    if (!value.isArray() || value.size() > MAX_ENTRIES) {
      throw CallerProblem.invalid(
          member, "'" + member + "' must be a list of at most " + MAX_ENTRIES + " texts.");
    }
    List<String> entries = new ArrayList<>();
    String rule = "must have entries of 1 to 256 visible ASCII characters";
    value.forEach(
        entry -> entries.add(RequestObject.text(entry, member, ENTRY.asMatchPredicate(), rule)));
    return entries.stream().distinct().toList();
  }

  private static Role role(JsonNode value) {
    Function<Role, String> label = role -> role.name().toLowerCase(Locale.ROOT);
    return Arrays.stream(Role.values())
        .filter(role -> label.apply(role).equals(value.textValue()))
        .findFirst()
        .orElseThrow(
            () ->
                CallerProblem.invalid(
                    "role",
                    "'role' must be one of "
                        + String.join(", ", Arrays.stream(Role.values()).map(label).toList())
                        + "."));
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
