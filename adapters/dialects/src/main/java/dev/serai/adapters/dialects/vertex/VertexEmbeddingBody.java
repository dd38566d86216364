package dev.serai.adapters.dialects.vertex;

import dev.serai.adapters.dialects.embedding.EmbeddingChecks;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.request.EmbeddingRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the two kinds of embedding requests. */
final class VertexEmbeddingBody {
  /** Members of an instance, by the names that clients of both of Google's APIs use. */
  private static final Map<String, String> INSTANCE =
      Map.of("taskType", "task_type", "task_type", "task_type", "title", "title");

  private static final String TRUNCATE = "autoTruncate";

  private VertexEmbeddingBody() {}

  /** {@code predict}: an instance for each input, and the parameters of all. */
  static byte[] instances(EmbeddingRequest request, List<String> texts, DroppedFields dropped) {
    Map<String, String> own = new TreeMap<>();
    Map<String, String> unknown = new TreeMap<>(request.unknown());
    INSTANCE.forEach(
        (name, member) -> {
          String json = unknown.remove(name);
          if (json != null) {
            own.put(member, json);
          }
        });
    String ofOllama = unknown.remove(EmbeddingChecks.TRUNCATE);
    String truncate = unknown.getOrDefault(TRUNCATE, ofOllama == null ? "" : ofOllama);
    unknown.remove(TRUNCATE);
    dropped.addAll(unknown);
    JsonWriter out = new JsonWriter(request.bytes().length + 128);
    out.beginObject().name("instances").beginArray();
    for (String text : texts) {
      out.beginObject().member("content", text);
      own.forEach((name, json) -> out.name(name).json(json));
      out.endObject();
    }
    out.endArray().name("parameters").beginObject();
    if (!truncate.isEmpty()) {
      out.name(TRUNCATE).json(truncate);
    }
    request.dimensions().ifPresent(length -> out.member("outputDimensionality", length));
    return out.endObject().endObject().bytes();
  }

  /** {@code embedContent}: one content. */
  static byte[] content(EmbeddingRequest request, String text, DroppedFields dropped) {
    EmbeddingChecks.drop(new TreeMap<>(request.unknown()), dropped);
    JsonWriter out = new JsonWriter(request.bytes().length + 64);
    out.beginObject().name("content").beginObject().name("parts").beginArray();
    out.beginObject().member("text", text).endObject().endArray().endObject();
    request.dimensions().ifPresent(length -> out.member("outputDimensionality", length));
    return out.endObject().bytes();
  }
}
