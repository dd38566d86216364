package dev.serai.processors.models;

import dev.serai.core.model.ModelFacts;
import dev.serai.processors.support.JsonReply;
import java.util.Map;
import java.util.stream.Collectors;

/** Gemini's shape (ai.google.dev/api/models), with the limits that are known. Thread-safe. */
final class GeminiModels implements ModelShape {
  private final ModelNames names;

  GeminiModels(ModelNames names) {
    this.names = names;
  }

  @Override
  public String list(Map<String, String> models) {
    return models.entrySet().stream()
        .map(model -> one(model.getKey(), model.getValue()))
        .collect(Collectors.joining(",", "{\"models\":[", "]}"));
  }

  @Override
  public String one(String name, String owner) {
    StringBuilder json = new StringBuilder(256);
    json.append("{\"name\":").append(JsonReply.quoted("models/" + name));
    json.append(",\"version\":\"\",\"displayName\":").append(JsonReply.quoted(name));
    ModelFacts facts = names.facts(name);
    facts.contextLength().ifPresent(n -> json.append(",\"inputTokenLimit\":").append(n));
    facts.maxOutputTokens().ifPresent(n -> json.append(",\"outputTokenLimit\":").append(n));
    json.append(",\"supportedGenerationMethods\":[\"generateContent\",");
    return json.append("\"streamGenerateContent\",\"countTokens\"]}").toString();
  }
}
