package dev.serai.adapters.dialects.ollama;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.model.ListedModel;
import dev.serai.core.surface.ModelListSurface;
import java.util.List;
import java.util.Optional;

/** Writes the list of models in memory ({@code /api/ps}), which is empty. Thread-safe. */
final class LoadedModelList implements ModelListSurface {
  private static final String PATH = "/api/ps";

  @Override
  public boolean owns(InboundRequest request) {
    return request.path().equals(PATH);
  }

  @Override
  public Optional<String> readName(InboundRequest request) {
    return Optional.empty();
  }

  @Override
  public byte[] writeList(List<ListedModel> models) {
    return new JsonWriter(32)
        .beginObject()
        .name("models")
        .beginArray()
        .endArray()
        .endObject()
        .bytes();
  }

  @Override
  public byte[] writeOne(ListedModel model) {
    throw new IllegalStateException("no model is asked for at " + PATH);
  }
}
