package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.core.hash.Sha256;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.model.ListedModel;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.secret.KeyForms;
import dev.serai.core.surface.ModelListSurface;
import java.util.List;
import java.util.Optional;

/**
 * Writes lists of models in Ollama's form (docs.ollama.com/api): every model at {@code /api/tags},
 * and one at {@code /api/show}. Sizes are not known and written as 0. Whether a model calls tools
 * is known to its provider only; it is written that it does, so that clients offer them.
 * Thread-safe.
 */
public final class OllamaModelList implements ModelListSurface {
  private static final String LIST = "/api/tags";
  private static final String SHOW = "/api/show";
  private static final String EPOCH = "1970-01-01T00:00:00Z";

  /** The first version with ids of tool calls; clients refuse to work with one that is too old. */
  private static final String VERSION = "0.13.0";

  /** The reply at {@code /api/version}: which Ollama the gateway behaves like. */
  public static byte[] version() {
    return new JsonWriter(32).beginObject().member("version", VERSION).endObject().bytes();
  }

  /** The list of {@code /api/ps}: models loaded in memory, of which a gateway has none. */
  public static ModelListSurface loaded() {
    return new LoadedModelList();
  }

  @Override
  public boolean owns(InboundRequest request) {
    return request.path().equals(LIST) || request.path().equals(SHOW);
  }

  /** The name is in the body; older clients call it {@code name}. */
  @Override
  public Optional<String> readName(InboundRequest request) {
    if (!request.path().equals(SHOW)) {
      return Optional.empty();
    }
    JsonMembers members = OllamaRequest.members(request.body());
    int model = members.find("model");
    int named = model < 0 ? members.find("name") : model;
    if (named < 0 || members.kind(named) != '"') {
      throw CallerProblem.invalid("model", "model is required");
    }
    return Optional.of(OllamaRequest.plain(members.text(named)));
  }

  @Override
  public byte[] writeList(List<ListedModel> models) {
    JsonWriter json = new JsonWriter(4096).beginObject().name("models").beginArray();
    for (ListedModel model : models) {
      json.beginObject().member("name", model.name()).member("model", model.name());
      json.member("modified_at", EPOCH).member("size", 0).member("digest", digest(model.name()));
      details(json, model.owner());
      json.endObject();
    }
    return json.endArray().endObject().bytes();
  }

  @Override
  public byte[] writeOne(ListedModel model) {
    JsonWriter json = new JsonWriter(512).beginObject();
    json.member("modelfile", "").member("parameters", "").member("template", "");
    details(json, model.owner());
    json.name("model_info").beginObject().member("general.architecture", model.owner());
    json.member("general.basename", model.name()).endObject();
    json.name("capabilities").beginArray().value("completion").value("tools").endArray();
    return json.member("modified_at", EPOCH).endObject().bytes();
  }

  /** Clients look for Ollama's own phrase, which comes first. */
  @Override
  public GatewayProblem unknown(String name, CallerProblem problem) {
    return new CallerProblem(
        problem.status(),
        problem.code(),
        "model '" + KeyForms.redacted(name) + "' not found: " + problem.message(),
        problem.param());
  }

  /** The family is the provider. */
  private static void details(JsonWriter json, String owner) {
    json.name("details").beginObject().member("parent_model", "").member("format", "");
    json.member("family", owner).name("families").beginArray().value(owner).endArray();
    json.member("parameter_size", "").member("quantization_level", "").endObject();
  }

  /** Tells one name from another, as a digest of its weights would. */
  private static String digest(String name) {
    return Sha256.hex(name);
  }
}
