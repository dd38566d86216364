package dev.serai.gateway.management;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.budget.BudgetPeriod;
import dev.serai.core.caller.Role;
import dev.serai.core.caller.Roles;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.secret.KeyForms;
import dev.serai.core.text.KnownNames;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The JSON object of a request, and the forms that its members have. Immutable. */
final class RequestObject {
  private static final byte[] EMPTY = {'{', '}'};

  /** What no vendor's key looks like. */
  private static final Pattern WORDS = Pattern.compile("[a-z]{1,12}(_[a-z]{1,12}){0,3}");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

  private static final double MIN_USD = 1e-9;
  private static final double MAX_USD = 9e9;

  private final JsonNode tree;

  private RequestObject(JsonNode tree) {
    this.tree = tree;
  }

  /**
   * Reads a body; an empty one is an empty object.
   *
   * @param known the members that the request takes
   * @throws CallerProblem 400 if it is not a JSON object or has another member
   */
  static RequestObject read(byte[] body, Set<String> known) {
    JsonNode tree = tree(body.length == 0 ? EMPTY : body);
    tree.fieldNames().forEachRemaining(name -> requireKnown(name, known));
    return new RequestObject(tree);
  }

  private static JsonNode tree(byte[] json) {
    try {
      JsonNode tree = StrictJson.tree(json);
      if (tree.isObject()) {
        return tree;
      }
    } catch (MalformedInput e) {
      throw e.isDuplicate()
          ? e.ofRequest()
          : CallerProblem.invalid("The request is not valid JSON: " + e.getMessage() + ".");
    }
    throw CallerProblem.invalid("The request must be a JSON object.");
  }

  private static void requireKnown(String name, Set<String> known) {
    if (!known.contains(name)) {
      throw unknown(name, "", known);
    }
  }

  /**
   * Refuses a member. Its name is shown only if it consists of words or is close to a known one: it
   * may be a key that was put in the wrong place.
   *
   * @param where the object that the member is in; empty for the request
   */
  static CallerProblem unknown(String name, String where, Set<String> known) {
    String all = KnownNames.all(known);
    String meant =
        OtherMembers.meant(name, known)
            .or(() -> KnownNames.meant(name, known))
            .map(hint -> " " + hint)
            .orElse("");
    return meant.isEmpty() && !WORDS.matcher(name).matches()
        ? CallerProblem.invalid("A member" + where + " is unknown. " + all)
        : CallerProblem.invalid(
            name, "Unknown member '" + name + "'" + where + "." + meant + " " + all);
  }

  /** A member that is there, though it may be null. */
  Optional<JsonNode> given(String name) {
    return Optional.ofNullable(tree.get(name));
  }

  /** A member that is not null. */
  Optional<JsonNode> member(String name) {
    return given(name).filter(value -> !value.isNull());
  }

  /** A member that is the name of a key, a tenant or the like. */
  Optional<String> name(String member) {
    return member(member).map(value -> name(value, member));
  }

  static String name(JsonNode value, String member) {
    String rule =
        "must be 1 to 64 letters, digits and the characters . _ @ -, and begin with a letter or a"
            + " digit";
    return text(value, member, NAME.asMatchPredicate(), rule);
  }

  /** A text that is shown later, so that a key that is in it by mistake is refused. */
  static String text(JsonNode value, String member, Predicate<String> good, String rule) {
    String text = unloggedText(value, member, good, rule);
    if (KeyForms.isIn(text)) {
      throw CallerProblem.invalid(
          member, "'" + member + "' has an API key, and it is shown and logged. Remove the key.");
    }
    return text;
  }

  /** A text that may be secret or personal: it is never logged, and no message has it. */
  static String unloggedText(JsonNode value, String member, Predicate<String> good, String rule) {
    if (!value.isTextual() || !good.test(value.textValue())) {
      throw CallerProblem.invalid(member, "'" + member + "' " + rule + ".");
    }
    return value.textValue();
  }

  /** A member that is the name of a role. One that is close to none may be a key by mistake. */
  static Role role(JsonNode value, Roles roles) {
    String name = value.asText();
    Optional<Role> found = value.isTextual() ? roles.find(name) : Optional.empty();
    String meant = meant(name, roles.byName().keySet());
    String shown = meant.isEmpty() ? "of that name" : "'" + name + "'";
    return found.orElseThrow(
        () ->
            CallerProblem.invalid(
                "role", "There is no role " + shown + "." + meant + " GET /v1/roles lists them."));
  }

  /** A question that names what was probably meant; empty if nothing is near. */
  static String meant(String read, Collection<String> known) {
    return KnownNames.meant(read, known).map(question -> " " + question).orElse("");
  }

  /** A member that is an amount of US dollars, in nano US dollars (1e-9 USD). */
  static long nanoUsd(JsonNode value, String member) {
    double about = value.isNumber() ? value.doubleValue() : -1;
    boolean zero = about == 0 && value.decimalValue().signum() == 0;
    if (!zero && (about < MIN_USD || about > MAX_USD)) {
      throw CallerProblem.invalid(
          member,
          "'" + member + "' must be a number of US dollars, 0 or 0.000000001 to 9000000000.");
    }
    return value.decimalValue().movePointRight(9).setScale(0, RoundingMode.DOWN).longValueExact();
  }

  /** The period whose label is the value of a member. */
  static BudgetPeriod period(JsonNode value, String member, Map<String, BudgetPeriod> labels) {
    BudgetPeriod period = value.isTextual() ? labels.get(value.textValue()) : null;
    if (period == null) {
      throw CallerProblem.invalid(
          member, "'" + member + "' must be one of " + String.join(", ", labels.keySet()) + ".");
    }
    return period;
  }

  /** A member that is a time zone. */
  Optional<ZoneId> zone(String member) {
    return member(member).map(value -> zone(value, member));
  }

  private static ZoneId zone(JsonNode value, String member) {
    try {
      return ZoneId.of(value.asText());
    } catch (DateTimeException e) {
      throw CallerProblem.invalid(
          member, "'" + member + "' must be a zone of the IANA database, such as Europe/Berlin.");
    }
  }

  /** A member that is true or false. */
  Optional<Boolean> flag(String member) {
    return member(member).map(value -> flag(value, member));
  }

  private static boolean flag(JsonNode value, String member) {
    if (!value.isBoolean()) {
      throw CallerProblem.invalid(member, "'" + member + "' must be true or false.");
    }
    return value.booleanValue();
  }
}
