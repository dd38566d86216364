package dev.serai.adapters.dialects.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.routing.QualityTarget;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.core.routing.RoutingCriteria.Preferred;
import dev.serai.core.routing.RoutingCriteria.Required;
import dev.serai.core.routing.Strategy;
import dev.serai.core.secret.KeyForms;
import dev.serai.core.text.KnownNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads {@code serai.routing} of a request: what it asks of the choice of its model. Pure.
 *
 * <p>A member with an unknown name is refused: it would be ignored otherwise, and the client would
 * not know.
 */
public final class RoutingFields {
  private static final Set<String> NAMES =
      Set.of(
          "strategy",
          "requires_vision",
          "requires_functions",
          "requires_streaming",
          "min_context_length",
          "max_cost_per_token",
          "max_latency_ms",
          "region",
          "prefer_cheap",
          "prefer_fast",
          "prefer_reliable",
          "task_complexity",
          "quality_target",
          "max_cost_usd",
          "latency_slo_ms");

  /** What the member {@code serai} may have. */
  private static final Set<String> OWN_NAMES = Set.of("routing", CacheField.NAME);

  /** Words that are close to several names. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "max_cost", "max_cost_usd",
          "max_usd", "max_cost_usd",
          "max_price", "max_cost_per_token",
          "latency_ms", "max_latency_ms",
          "quality", "quality_target");

  private static final double NANO_USD = 1e9;
  private static final int MAX_COUNT = 1_000_000_000;
  private static final int MAX_REGIONS = 20;
  private static final String REGIONS =
      "a region such as eu or eu-west-1, or a list of 1 to " + MAX_REGIONS + " regions";
  private static final int MAX_COMPLEXITY = 10;
  private static final int MAX_USD = 1000;
  private static final int MIN_LATENCY = 100;
  private static final int MAX_LATENCY = 600_000;

  /** It is parsed as a tree, which takes many times its bytes, so it is small. */
  private static final int MAX_BYTES = 4096;

  private static final String ROUTING = "an object such as {\"strategy\": \"latency\"}";
  private static final String OWN = "an object such as {\"routing\": {\"strategy\": \"latency\"}}";

  /** Of the object with the fields, in the request. */
  private final String place;

  private RoutingFields(String place) {
    this.place = place;
  }

  /**
   * What a request asks; nothing if it has no such member. The member at the top goes before that
   * of the metadata.
   *
   * @throws CallerProblem 400 if a member is malformed or unknown
   */
  public static RoutingCriteria of(JsonMembers request) {
    List<RoutingCriteria> asked = new ArrayList<>(2);
    request.own().forEach((name, json) -> asked.add(of(name, json)));
    return asked.isEmpty() ? RoutingCriteria.NONE : asked.getFirst();
  }

  private static RoutingCriteria of(String name, byte[] json) {
    JsonNode own = tree(name, json);
    if (!own.isObject()) {
      throw RequestFields.wrong(name, OWN);
    }
    RoutingFields fields = new RoutingFields(name + ".routing");
    fields.refuseUnknown(own, name, OWN_NAMES);
    JsonNode routing = own.path("routing");
    if (routing.isMissingNode() || routing.isNull()) {
      return RoutingCriteria.NONE;
    }
    if (!routing.isObject()) {
      throw RequestFields.wrong(fields.place, ROUTING);
    }
    fields.refuseUnknown(routing, fields.place, NAMES);
    return new RoutingCriteria(
        fields.required(routing), fields.preferred(routing), fields.target(routing));
  }

  static JsonNode tree(String name, byte[] json) {
    if (json.length > MAX_BYTES) {
      throw CallerProblem.invalid(
          name, "'" + name + "' must have at most " + MAX_BYTES + " bytes.");
    }
    try {
      return StrictJson.tree(json);
    } catch (MalformedInput e) {
      if (json.length == 0 || json[0] != '{') {
        throw RequestFields.wrong(name, OWN);
      }
      throw CallerProblem.invalid(name, "Invalid '" + name + "': " + e.getMessage() + ".");
    }
  }

  private void refuseUnknown(JsonNode object, String within, Set<String> names) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                String param = within + "." + KeyForms.redacted(name);
                throw CallerProblem.invalid(
                    param, "'" + param + "' is not known. " + known(name, within, names));
              }
            });
  }

  private String known(String name, String within, Set<String> names) {
    return NAMES.contains(name)
        ? "It belongs in '" + place + "'."
        : meant(name, names).map(question -> question + " ").orElse("")
            + "Known in '"
            + within
            + (names.size() == 1 ? "' is " : "' are ")
            + String.join(", ", new TreeSet<>(names))
            + ".";
  }

  private static Optional<String> meant(String name, Set<String> names) {
    return Optional.ofNullable(RENAMED.get(name))
        .filter(names::contains)
        .map(other -> "Did you mean '" + other + "'?")
        .or(() -> KnownNames.meant(name, names));
  }

  private CallerProblem wrong(String name, String expected) {
    String param = place + "." + name;
    return CallerProblem.invalid(param, "'" + param + "' must be " + expected + ".");
  }

  private Required required(JsonNode routing) {
    return new Required(
        flag(routing, "requires_vision"),
        flag(routing, "requires_functions"),
        flag(routing, "requires_streaming"),
        count(routing, "min_context_length", MAX_COUNT).orElse(0),
        price(routing),
        latency(routing),
        regions(routing));
  }

  /** One or several. */
  private Set<String> regions(JsonNode routing) {
    JsonNode value = routing.path("region");
    if (value.isMissingNode() || value.isNull()) {
      return Set.of();
    }
    Set<String> names = new TreeSet<>();
    for (JsonNode name : value.isArray() ? value : List.of(value)) {
      if (!name.isTextual() || !Required.isRegion(name.textValue())) {
        throw wrong("region", REGIONS);
      }
      names.add(name.textValue());
    }
    if (names.isEmpty() || names.size() > MAX_REGIONS) {
      throw wrong("region", REGIONS);
    }
    return names;
  }

  private Preferred preferred(JsonNode routing) {
    return new Preferred(
        strategy(routing),
        flag(routing, "prefer_cheap"),
        flag(routing, "prefer_fast"),
        flag(routing, "prefer_reliable"),
        count(routing, "task_complexity", MAX_COMPLEXITY));
  }

  private QualityTarget target(JsonNode routing) {
    JsonNode level = routing.path("quality_target");
    JsonNode usd = routing.path("max_cost_usd");
    OptionalInt latency = latencyTarget(routing);
    boolean cheap = !usd.isMissingNode() && !usd.isNull();
    if (cheap && (!usd.isNumber() || usd.doubleValue() < 0 || usd.doubleValue() > MAX_USD)) {
      throw wrong("max_cost_usd", "a number of US dollars from 0 to " + MAX_USD);
    }
    boolean any = !level.isMissingNode() && !level.isNull();
    return any || cheap || latency.isPresent()
        ? new QualityTarget(
            any ? Optional.of(level(level)) : Optional.empty(),
            cheap
                ? OptionalLong.of(Math.round(usd.doubleValue() * NANO_USD))
                : OptionalLong.empty(),
            true,
            latency.isPresent()
                ? Optional.of(Duration.ofMillis(latency.getAsInt()))
                : Optional.empty())
        : QualityTarget.NONE;
  }

  private QualityTarget.Level level(JsonNode name) {
    return (name.isTextual()
            ? QualityTarget.Level.named(name.textValue())
            : Optional.<QualityTarget.Level>empty())
        .orElseThrow(
            () ->
                wrong(
                    "quality_target", "one of " + String.join(", ", QualityTarget.Level.labels())));
  }

  private OptionalInt latencyTarget(JsonNode routing) {
    return count(routing, "latency_slo_ms", MIN_LATENCY, MAX_LATENCY);
  }

  private Optional<Strategy> strategy(JsonNode routing) {
    JsonNode name = routing.path("strategy");
    if (name.isMissingNode() || name.isNull()) {
      return Optional.empty();
    }
    Optional<Strategy> strategy =
        name.isTextual() ? Strategy.named(name.textValue()) : Optional.empty();
    if (strategy.isEmpty()) {
      throw wrong("strategy", "one of " + String.join(", ", Strategy.labels()) + other(name));
    }
    return strategy;
  }

  private static String other(JsonNode name) {
    return Strategy.ofOthers(name.asText("")).map(other -> "; " + other).orElse("");
  }

  private boolean flag(JsonNode routing, String name) {
    JsonNode value = routing.path(name);
    if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
      throw wrong(name, "true or false");
    }
    return value.asBoolean();
  }

  private OptionalInt count(JsonNode routing, String name, int max) {
    return count(routing, name, 1, max);
  }

  private OptionalInt count(JsonNode routing, String name, int min, int max) {
    JsonNode value = routing.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalInt.empty();
    }
    if (!value.isInt() || value.intValue() < min || value.intValue() > max) {
      throw wrong(name, "a whole number from " + min + " to " + max);
    }
    return OptionalInt.of(value.intValue());
  }

  private OptionalLong latency(JsonNode routing) {
    OptionalInt millis = count(routing, "max_latency_ms", MAX_COUNT);
    return millis.isPresent() ? OptionalLong.of(millis.getAsInt()) : OptionalLong.empty();
  }

  /** US dollars of one token. */
  private OptionalLong price(JsonNode routing) {
    JsonNode usd = routing.path("max_cost_per_token");
    if (usd.isMissingNode() || usd.isNull()) {
      return OptionalLong.empty();
    }
    if (!usd.isNumber() || usd.doubleValue() < 0 || usd.doubleValue() > 1) {
      throw wrong("max_cost_per_token", "a number of US dollars from 0 to 1");
    }
    return OptionalLong.of(Math.round(usd.doubleValue() * NANO_USD));
  }
}
