package dev.serai.adapters.dialects.anthropic;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.QueryString;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.model.ListedModel;
import dev.serai.core.surface.ModelListSurface;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes lists of models in Anthropic's form (docs.anthropic.com/en/api/models-list), for clients
 * that send {@code anthropic-version}. The release date of a model is not known: it is written as
 * the epoch, as Anthropic does. A limit that is not known is null. Thread-safe.
 */
public final class AnthropicModelList implements ModelListSurface {
  private static final String PATH = "/v1/models";
  private static final int MAX_PAGE = 1000;

  @Override
  public boolean owns(InboundRequest request) {
    return request.path().startsWith(PATH)
        && request.headers().first("anthropic-version").isPresent();
  }

  @Override
  public Optional<String> readName(InboundRequest request) {
    return ModelListSurface.nameBelow(PATH, request.path());
  }

  @Override
  public void checkPage(InboundRequest request) {
    QueryString query = QueryString.of(request.query());
    ModelListSurface.requireSize(query, "limit", MAX_PAGE);
    ModelListSurface.refusePage(query, "after_id");
    ModelListSurface.refusePage(query, "before_id");
  }

  @Override
  public byte[] writeList(List<ListedModel> models) {
    JsonWriter json = new JsonWriter(4096).beginObject().name("data").beginArray();
    models.forEach(model -> write(json, model));
    json.endArray().member("has_more", false);
    if (models.isEmpty()) {
      json.name("first_id").nullValue().name("last_id").nullValue();
    } else {
      json.member("first_id", models.getFirst().name()).member("last_id", models.getLast().name());
    }
    return json.endObject().bytes();
  }

  @Override
  public byte[] writeOne(ListedModel model) {
    return write(new JsonWriter(256), model).bytes();
  }

  private static JsonWriter write(JsonWriter json, ListedModel model) {
    json.beginObject().member("type", "model").member("id", model.name());
    json.member("display_name", model.name()).member("created_at", "1970-01-01T00:00:00Z");
    limit(json, "max_input_tokens", model.facts().contextLength());
    limit(json, "max_tokens", model.facts().maxOutputTokens());
    return json.endObject();
  }

  private static void limit(JsonWriter json, String name, OptionalInt tokens) {
    json.name(name);
    tokens.ifPresentOrElse(json::value, json::nullValue);
  }
}
