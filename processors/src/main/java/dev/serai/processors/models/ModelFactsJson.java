package dev.serai.processors.models;

import dev.serai.core.model.Capability;
import dev.serai.core.model.Charge;
import dev.serai.core.model.Modality;
import dev.serai.core.model.ModelFacts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known of a model, in the words of OpenRouter's list of models. Prices are texts, in US
 * dollars a token, as there: a JSON number would lose digits in some clients. Pure.
 */
final class ModelFactsJson {
  private ModelFactsJson() {}

  /** Adds the members to an object that has some already. */
  static void append(StringBuilder json, ModelFacts facts) {
    json.append(",\"context_length\":").append(number(facts.contextLength()));
    json.append(",\"max_output_tokens\":").append(number(facts.maxOutputTokens()));
    if (!facts.input().isEmpty() || !facts.output().isEmpty()) {
      json.append(",\"architecture\":{\"modality\":\"").append(joined(facts.input()));
      json.append("->").append(joined(facts.output()));
      json.append("\",\"input_modalities\":").append(words(facts.input()));
      json.append(",\"output_modalities\":").append(words(facts.output())).append('}');
    }
    if (!facts.capabilities().isEmpty()) {
      json.append(",\"capabilities\":");
      json.append(list(facts.capabilities().stream().map(Capability::label).toList()));
    }
    json.append(",\"pricing\":");
    prices(json, facts.prices());
  }

  /** A number, or null where it is not known. */
  static String number(OptionalInt value) {
    return value.isPresent() ? Integer.toString(value.getAsInt()) : "null";
  }

  private static void prices(StringBuilder json, Map<Charge, BigDecimal> prices) {
    if (prices.isEmpty()) {
      json.append("null");
      return;
    }
    char before = '{';
    for (Map.Entry<Charge, BigDecimal> price : prices.entrySet()) {
      json.append(before).append('"').append(price.getKey().label()).append("\":\"");
      json.append(price.getValue().stripTrailingZeros().toPlainString()).append('"');
      before = ',';
    }
    json.append('}');
  }

  private static String joined(Set<Modality> modalities) {
    return modalities.stream().map(Modality::label).collect(Collectors.joining("+"));
  }

  private static String words(Set<Modality> modalities) {
    return list(modalities.stream().map(Modality::label).toList());
  }

  private static String list(List<String> words) {
    return words.isEmpty() ? "[]" : "[\"" + String.join("\",\"", words) + "\"]";
  }
}
