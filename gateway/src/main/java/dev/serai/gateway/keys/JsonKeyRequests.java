package dev.serai.gateway.keys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
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
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the JSON of requests about API keys; refuses members that it does not know. Pure. */
public final class JsonKeyRequests implements KeyRequestReader {
  private static final byte[] EMPTY = {'{', '}'};
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
  private static final Pattern ENTRY = Pattern.compile("[!-~]{1,256}");
  private static final int MAX_ENTRIES = 256;
  private static final long MAX_OVERLAP = Duration.ofDays(30).toSeconds();

  /** The last time that every database and every clock can express. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  @Override
  public KeyRequest read(byte[] json, Set<String> known) {
    JsonNode tree = tree(json.length == 0 ? EMPTY : json);
    tree.fieldNames().forEachRemaining(name -> requireKnown(name, known));
    return new KeyRequest(
        name(tree, "name"),
        member(tree, "role").map(JsonKeyRequests::role),
        name(tree, "tenant"),
        name(tree, "team"),
        name(tree, "user"),
        patterns(tree, "models"),
        patterns(tree, "tools"),
        entries(tree, "tags"),
        member(tree, "disabled").map(JsonKeyRequests::flag),
        Optional.ofNullable(tree.get("expires_at")).map(JsonKeyRequests::expiry),
        member(tree, "overlap_seconds").map(JsonKeyRequests::overlap),
        Optional.ofNullable(tree.get("limits")).map(JsonRateLimits::read));
  }

  private static JsonNode tree(byte[] json) {
    try {
      JsonNode tree = StrictJson.tree(json);
      if (tree.isObject()) {
        return tree;
      }
    } catch (MalformedInput e) {
      throw CallerProblem.invalid("The request is not valid JSON: " + e.getMessage() + ".");
    }
    throw CallerProblem.invalid("The request must be a JSON object.");
  }

  private static void requireKnown(String name, Set<String> known) {
    if (!known.contains(name)) {
      throw CallerProblem.invalid(
          name,
          "Unknown member '"
              + name
              + "'. Known are "
              + String.join(", ", new TreeSet<>(known))
              + ".");
    }
  }

  /** A member that is not null. */
  private static Optional<JsonNode> member(JsonNode tree, String name) {
    return Optional.ofNullable(tree.get(name)).filter(value -> !value.isNull());
  }

  private static Optional<String> name(JsonNode tree, String member) {
    return member(tree, member)
        .map(
            value ->
                text(
                    value,
                    NAME,
                    member,
                    "must be 1 to 64 letters, digits and the characters . _ @ -, and begin with a"
                        + " letter or a digit"));
  }

  private static String text(JsonNode value, Pattern form, String member, String rule) {
    if (!value.isTextual() || !form.matcher(value.textValue()).matches()) {
      throw CallerProblem.invalid(member, "'" + member + "' " + rule + ".");
    }
    return value.textValue();
  }

  private static Optional<List<String>> entries(JsonNode tree, String member) {
    return member(tree, member).map(value -> texts(value, member));
  }

  private static Optional<List<String>> patterns(JsonNode tree, String member) {
    Optional<List<String>> patterns = entries(tree, member);
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
    value.forEach(entry -> entries.add(text(entry, ENTRY, member, rule)));
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

  private static boolean flag(JsonNode value) {
    if (!value.isBoolean()) {
      throw CallerProblem.invalid("disabled", "'disabled' must be true or false.");
    }
    return value.booleanValue();
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
