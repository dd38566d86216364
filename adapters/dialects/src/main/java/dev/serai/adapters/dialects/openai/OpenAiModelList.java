package dev.serai.adapters.dialects.openai;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.model.ListedModel;
import dev.serai.core.surface.ModelListSurface;
import java.util.List;
import java.util.Optional;

/**
 * Writes lists of models in OpenAI's form, with the known facts of each model as OpenRouter writes
 * them. Every client that no other list recognises by its headers reads this form. Thread-safe.
 */
public final class OpenAiModelList implements ModelListSurface {
  private static final String PATH = "/v1/models";

  @Override
  public boolean owns(InboundRequest request) {
    return request.path().startsWith(PATH);
  }

  @Override
  public Optional<String> readName(InboundRequest request) {
    return ModelListSurface.nameBelow(PATH, request.path());
  }

  @Override
  public byte[] writeList(List<ListedModel> models) {
    JsonWriter json = new JsonWriter(4096).beginObject().member("object", "list");
    json.name("data").beginArray();
    models.forEach(model -> write(json, model));
    return json.endArray().endObject().bytes();
  }

  @Override
  public byte[] writeOne(ListedModel model) {
    return write(new JsonWriter(512), model).bytes();
  }

  private static JsonWriter write(JsonWriter json, ListedModel model) {
    json.beginObject().member("id", model.name()).member("object", "model");
    json.member("created", 0).member("owned_by", model.owner());
    ModelFactsWriter.write(json, model.facts());
    return json.endObject();
  }
}
