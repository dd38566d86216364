package dev.serai.gateway.management;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.Experiment.Status;
import dev.serai.core.experiment.Experiment.Unit;
import dev.serai.core.experiment.ExperimentRequest;
import dev.serai.core.experiment.Variant;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ModelRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the JSON of requests about experiments; refuses members that it does not know. Pure. */
final class JsonExperimentRequests implements ExperimentRequest.Reader {
  private static final Set<String> OF_VARIANT = Set.of("name", "model", "weight", "shadow");
  private static final String VARIANTS = "variants";

  @Override
  public ExperimentRequest read(byte[] json, Set<String> known) {
    RequestObject request = RequestObject.read(json, known);
    return new ExperimentRequest(
        request.name("id"),
        request.name("tenant"),
        request.member("model").map(value -> model(value, "model")),
        request.member("unit").map(JsonExperimentRequests::unit),
        request.member("status").map(JsonExperimentRequests::status),
        request.member(VARIANTS).map(JsonExperimentRequests::variants),
        request.member("automatic").map(JsonExperimentRequests::truth));
  }

  private static String model(JsonNode value, String member) {
    return RequestObject.text(
        value,
        member,
        ModelRequest::isValidName,
        "must be the name of a model, of at most " + ModelRequest.MAX_NAME_LENGTH + " characters");
  }

  private static boolean truth(JsonNode value) {
    if (!value.isBoolean()) {
      throw CallerProblem.invalid("automatic", "'automatic' must be true or false.");
    }
    return value.booleanValue();
  }

  private static Unit unit(JsonNode value) {
    return Unit.named(value.asText())
        .orElseThrow(
            () -> CallerProblem.invalid("unit", "'unit' must be one of session, user, key."));
  }

  private static Status status(JsonNode value) {
    return Status.named(value.asText())
        .orElseThrow(
            () ->
                CallerProblem.invalid(
                    "status", "'status' must be one of draft, running, stopped."));
  }

  private static List<Variant> variants(JsonNode value) {
    if (!value.isArray() || value.size() < 2 || value.size() > Experiment.MAX_VARIANTS) {
      throw wrong("must be a list of 2 to " + Experiment.MAX_VARIANTS + " variants");
    }
    List<Variant> variants = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode one : value) {
      Variant variant = variant(one);
      if (!names.add(variant.name())) {
        throw wrong("must not name '" + variant.name() + "' twice");
      }
      if (variant.isShadow() && (variant.weight() > 0 || variants.isEmpty())) {
        throw wrong(
            "must have 'shadow' only for variants with the weight 0, and not for the first one");
      }
      variants.add(variant);
    }
    if (variants.stream().allMatch(variant -> variant.weight() == 0)) {
      throw wrong("must have at least one variant with a weight above 0");
    }
    return variants;
  }

  private static Variant variant(JsonNode value) {
    if (!value.isObject()) {
      throw wrong("must be objects with 'name', 'model' and 'weight'");
    }
    value
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!OF_VARIANT.contains(name)) {
                throw RequestObject.unknown(name, " in 'variants'", OF_VARIANT);
              }
            });
    return new Variant(
        RequestObject.name(required(value, "name"), "variants.name"),
        model(required(value, "model"), "variants.model"),
        number(required(value, "weight"), "variants.weight", Variant.MAX_WEIGHT),
        Optional.ofNullable(value.get("shadow"))
            .map(percent -> number(percent, "variants.shadow", Variant.MAX_SHADOW))
            .orElse(0));
  }

  private static JsonNode required(JsonNode variant, String member) {
    return Optional.ofNullable(variant.get(member))
        .orElseThrow(() -> wrong("must be objects with 'name', 'model' and 'weight'"));
  }

  private static int number(JsonNode value, String member, int most) {
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < 0
        || value.intValue() > most) {
      throw CallerProblem.invalid(
          member, "'" + member + "' must be a whole number from 0 to " + most + ".");
    }
    return value.intValue();
  }

  private static CallerProblem wrong(String rule) {
    return CallerProblem.invalid(VARIANTS, "'variants' " + rule + ".");
  }
}
