package dev.serai.adapters.dialects.gemini;

import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.QueryString;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.model.ListedModel;
import dev.serai.core.surface.ModelListSurface;
import java.util.List;
import java.util.Optional;

/**
 * Writes lists of models in Gemini's form (ai.google.dev/api/models), at Gemini's own path and for
 * Gemini's clients, known by their headers, at the path that OpenAI's clients use too. A limit that
 * is not known is left out. Thread-safe.
 */
public final class GeminiModelList implements ModelListSurface {
  private static final String PATH = "/v1beta/models";
  private static final String SHARED_PATH = "/v1/models";

  @Override
  public boolean owns(InboundRequest request) {
    return request.path().startsWith(PATH)
        || (request.path().startsWith(SHARED_PATH) && isFromGeminiClient(request.headers()));
  }

  /** Whether a request has a header that only clients of Gemini send. */
  static boolean isFromGeminiClient(Headers headers) {
    return headers.first("x-goog-api-client").isPresent()
        || headers.first("x-goog-api-key").isPresent();
  }

  @Override
  public Optional<String> readName(InboundRequest request) {
    String root = request.path().startsWith(PATH) ? PATH : SHARED_PATH;
    return ModelListSurface.nameBelow(root, request.path());
  }

  @Override
  public void checkPage(InboundRequest request) {
    QueryString query = QueryString.of(request.query());
    ModelListSurface.requireSize(query, "pageSize", Integer.MAX_VALUE);
    ModelListSurface.refusePage(query, "pageToken");
  }

  @Override
  public byte[] writeList(List<ListedModel> models) {
    JsonWriter json = new JsonWriter(4096).beginObject().name("models").beginArray();
    models.forEach(model -> write(json, model));
    return json.endArray().endObject().bytes();
  }

  @Override
  public byte[] writeOne(ListedModel model) {
    return write(new JsonWriter(256), model).bytes();
  }

  private static JsonWriter write(JsonWriter json, ListedModel model) {
    json.beginObject().member("name", "models/" + model.name());
    json.member("version", "").member("displayName", model.name());
    model.facts().contextLength().ifPresent(n -> json.member("inputTokenLimit", n));
    model.facts().maxOutputTokens().ifPresent(n -> json.member("outputTokenLimit", n));
    json.name("supportedGenerationMethods").beginArray();
    json.value("generateContent").value("streamGenerateContent").value("countTokens");
    return json.endArray().endObject();
  }
}
