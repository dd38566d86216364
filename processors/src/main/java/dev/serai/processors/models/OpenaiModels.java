package dev.serai.processors.models;

import dev.serai.processors.support.JsonReply;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * OpenAI's shape, with what is known of each model in OpenRouter's words beside it; what is not
 * known is null or left out. Thread-safe.
 */
final class OpenaiModels implements ModelShape {
  private final ModelNames names;

  OpenaiModels(ModelNames names) {
    this.names = names;
  }

  @Override
  public String list(Map<String, String> models) {
    return models.entrySet().stream()
        .map(model -> one(model.getKey(), model.getValue()))
        .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}"));
  }

  @Override
  public String one(String name, String owner) {
    StringBuilder json = new StringBuilder(128);
    json.append("{\"id\":").append(JsonReply.quoted(name));
    json.append(",\"object\":\"model\",\"created\":0,\"owned_by\":");
    json.append(JsonReply.quoted(owner));
    ModelFactsJson.append(json, names.facts(name));
    return json.append('}').toString();
  }
}
