package dev.serai.gateway.keys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.caller.Role;
import dev.serai.core.people.PeopleRequest;
import dev.serai.core.people.PeopleRequestReader;
import dev.serai.core.problem.CallerProblem;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads the JSON of requests about tenants and users; refuses members that it does not know. Pure.
 */
public final class JsonPeopleRequests implements PeopleRequestReader {
  private static final byte[] EMPTY = {'{', '}'};
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
  private static final int MAX_DESCRIPTION = 500;
  private static final int MAX_TEAMS = 64;

  @Override
  public PeopleRequest read(byte[] json, Set<String> known) {
    JsonNode tree = tree(json.length == 0 ? EMPTY : json);
    tree.fieldNames().forEachRemaining(name -> requireKnown(name, known));
    return new PeopleRequest(
        name(tree, "id"),
        name(tree, "name"),
        name(tree, "tenant"),
        member(tree, "role").map(JsonPeopleRequests::role),
        member(tree, "teams").map(JsonPeopleRequests::teams),
        member(tree, "description").map(JsonPeopleRequests::description),
        member(tree, "time_zone").map(JsonPeopleRequests::zone),
        member(tree, "disabled").map(JsonPeopleRequests::flag));
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
      String all = String.join(", ", new TreeSet<>(known));
      throw CallerProblem.invalid(name, "Unknown member '" + name + "'. Known are " + all + ".");
    }
  }

  /** A member that is not null. */
  private static Optional<JsonNode> member(JsonNode tree, String name) {
    return Optional.ofNullable(tree.get(name)).filter(value -> !value.isNull());
  }

  private static Optional<String> name(JsonNode tree, String member) {
    return member(tree, member).map(value -> checkedName(value, member));
  }

  private static String checkedName(JsonNode value, String member) {
    String rule =
        "must be 1 to 64 letters, digits and the characters . _ @ -, and begin with a letter or a"
            + " digit";
    return text(value, member, text -> NAME.matcher(text).matches(), rule);
  }

  private static String text(JsonNode value, String member, Predicate<String> good, String rule) {
    if (!value.isTextual() || !good.test(value.textValue())) {
      throw CallerProblem.invalid(member, "'" + member + "' " + rule + ".");
    }
    return value.textValue();
  }

  private static String description(JsonNode value) {
    return text(
        value,
        "description",
        text -> text.length() <= MAX_DESCRIPTION && text.chars().noneMatch(Character::isISOControl),
        "must be a text of at most " + MAX_DESCRIPTION + " characters, without line breaks");
  }

  private static List<String> teams(JsonNode value) {
    if (!value.isArray() || value.size() > MAX_TEAMS) {
      throw CallerProblem.invalid(
          "teams", "'teams' must be a list of at most " + MAX_TEAMS + " names.");
    }
    List<String> teams = new ArrayList<>();
    value.forEach(team -> teams.add(checkedName(team, "teams")));
    return teams.stream().distinct().toList();
  }

  private static Role role(JsonNode value) {
    for (Role role : Role.values()) {
      if (role.name().toLowerCase(Locale.ROOT).equals(value.textValue())) {
        return role;
      }
    }
    throw CallerProblem.invalid("role", "'role' must be a role that GET /v1/roles lists.");
  }

  private static ZoneId zone(JsonNode value) {
    try {
      return ZoneId.of(value.asText());
    } catch (DateTimeException e) {
      throw CallerProblem.invalid(
          "time_zone", "'time_zone' must be a zone of the IANA database, such as Europe/Berlin.");
    }
  }

  private static boolean flag(JsonNode value) {
    if (!value.isBoolean()) {
      throw CallerProblem.invalid("disabled", "'disabled' must be true or false.");
    }
    return value.booleanValue();
  }
}
