package dev.serai.processors.prompts;

import dev.serai.core.json.JsonWriter;
import dev.serai.core.prompt.Prompt;
import dev.serai.core.prompt.PromptVersion;
import java.util.Map;

/** Writes prompts as JSON. Pure. */
final class PromptJson {
  private PromptJson() {}

  static byte[] of(Prompt prompt) {
    JsonWriter json = new JsonWriter();
    write(json, prompt);
    return json.bytes();
  }

  static void write(JsonWriter json, Prompt prompt) {
    json.beginObject()
        .member("id", prompt.id())
        .member("object", "prompt")
        .member("name", prompt.name())
        .member("tenant", prompt.tenant())
        .member("description", prompt.description())
        .member("archived", prompt.archived())
        .member("last_version", prompt.lastVersion())
        .name("labels")
        .beginObject();
    prompt.labels().forEach((label, version) -> json.member(label, version));
    json.endObject()
        .member("created_at", prompt.created())
        .member("created_by", prompt.createdBy())
        .endObject();
  }

  static byte[] of(Prompt prompt, PromptVersion version) {
    JsonWriter json = new JsonWriter();
    write(json, prompt, version);
    return json.bytes();
  }

  static void write(JsonWriter json, Prompt prompt, PromptVersion version) {
    json.beginObject()
        .member("object", "prompt.version")
        .member("prompt", prompt.name())
        .member("version", version.number());
    json.member(
        "labels",
        prompt.labels().entrySet().stream()
            .filter(label -> label.getValue() == version.number())
            .map(Map.Entry::getKey)
            .toList());
    json.member("comment", version.comment())
        .member("created_at", version.created())
        .member("created_by", version.createdBy())
        .name("content")
        .json(version.content())
        .endObject();
  }
}
