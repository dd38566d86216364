package dev.serai.adapters.dialects.openai;

import dev.serai.core.json.JsonWriter;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Charge;
import dev.serai.core.model.Modality;
import dev.serai.core.model.ModelFacts;
import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the known facts of a model with the members of OpenRouter's list of models. A fact that is
 * not known is null or left out. Prices are strings in US dollars per token, as there: some clients
 * lose digits of a JSON number. Pure.
 */
final class ModelFactsWriter {
  private ModelFactsWriter() {}

  /** Writes the members into the open object. */
  static void write(JsonWriter json, ModelFacts facts) {
    number(json, "context_length", facts.contextLength());
    number(json, "max_output_tokens", facts.maxOutputTokens());
    if (!facts.input().isEmpty() || !facts.output().isEmpty()) {
      json.name("architecture").beginObject();
      json.member("modality", joined(facts.input()) + "->" + joined(facts.output()));
      json.member("input_modalities", facts.input().stream().map(Modality::label).toList());
      json.member("output_modalities", facts.output().stream().map(Modality::label).toList());
      json.endObject();
    }
    if (!facts.capabilities().isEmpty()) {
      json.member("capabilities", facts.capabilities().stream().map(Capability::label).toList());
    }
    prices(json.name("pricing"), facts.prices());
  }

  private static void number(JsonWriter json, String name, OptionalInt value) {
    json.name(name);
    value.ifPresentOrElse(json::value, json::nullValue);
  }

  private static void prices(JsonWriter json, Map<Charge, BigDecimal> prices) {
    if (prices.isEmpty()) {
      json.nullValue();
      return;
    }
    json.beginObject();
    prices.forEach(
        (charge, price) -> json.member(charge.label(), price.stripTrailingZeros().toPlainString()));
    json.endObject();
  }

  private static String joined(Set<Modality> modalities) {
    return modalities.stream().map(Modality::label).collect(Collectors.joining("+"));
  }
}
