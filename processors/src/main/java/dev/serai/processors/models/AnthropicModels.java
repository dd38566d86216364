package dev.serai.processors.models;

import dev.serai.core.model.ModelFacts;
import dev.serai.processors.support.JsonReply;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Anthropic's shape (docs.anthropic.com/en/api/models-list). When a model was made is not known: as
 * Anthropic says of such, it is the epoch; a limit that is not known is null. Thread-safe.
 */
final class AnthropicModels implements ModelShape {
  private final ModelNames names;

  AnthropicModels(ModelNames names) {
    this.names = names;
  }

  @Override
  public String list(Map<String, String> models) {
    String first = models.keySet().stream().findFirst().map(JsonReply::quoted).orElse("null");
    String last =
        models.keySet().stream().reduce((_, b) -> b).map(JsonReply::quoted).orElse("null");
    return models.entrySet().stream()
        .map(model -> one(model.getKey(), model.getValue()))
        .collect(
            Collectors.joining(
                ",",
                "{\"data\":[",
                "],\"has_more\":false,\"first_id\":" + first + ",\"last_id\":" + last + "}"));
  }

  @Override
  public String one(String name, String owner) {
    String quoted = JsonReply.quoted(name);
    ModelFacts facts = names.facts(name);
    StringBuilder json = new StringBuilder(256);
    json.append("{\"type\":\"model\",\"id\":").append(quoted);
    json.append(",\"display_name\":").append(quoted);
    json.append(",\"created_at\":\"1970-01-01T00:00:00Z\",\"max_input_tokens\":");
    json.append(ModelFactsJson.number(facts.contextLength())).append(",\"max_tokens\":");
    json.append(ModelFactsJson.number(facts.maxOutputTokens()));
    return json.append('}').toString();
  }
}
