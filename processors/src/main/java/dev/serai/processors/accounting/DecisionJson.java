package dev.serai.processors.accounting;

import dev.serai.core.json.JsonWriter;
import dev.serai.core.routing.PolicyFeatures;
import dev.serai.core.routing.PolicyFeatures.Trait;
import dev.serai.core.usage.RecordedDecision;
import java.math.BigDecimal;
import java.util.OptionalDouble;

/** Writes as JSON how the candidate of a call was chosen. Pure. */
final class DecisionJson {
  private DecisionJson() {}

  static void write(JsonWriter json, RecordedDecision made) {
    json.beginObject()
        .member("strategy", made.strategy())
        .member("source", made.source())
        .member("reason", made.reason())
        .member("choice", made.choice())
        .member("targets", made.targets())
        .name("candidates")
        .beginArray();
    made.candidates().forEach(one -> json.value(one.provider() + '/' + one.model()));
    json.endArray().member("algorithm", made.algorithm());
    OptionalDouble propensity = made.propensity();
    if (propensity.isPresent()) {
      json.member("propensity", BigDecimal.valueOf(propensity.getAsDouble()));
    } else {
      json.nullMember("propensity");
    }
    json.name("features");
    made.features().ifPresentOrElse(known -> write(json, known), json::nullValue);
    made.assignment().ifPresent(one -> one.write(json.name("experiment")));
    json.endObject();
  }

  private static void write(JsonWriter json, PolicyFeatures features) {
    json.beginObject()
        .member("kind_of_work", features.task())
        .member("prompt_tokens", features.promptTokens())
        .member("turns", features.turns())
        .name("traits")
        .beginArray();
    features.traits().stream().sorted().map(Trait::label).forEach(json::value);
    json.endArray().endObject();
  }
}
