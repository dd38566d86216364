package dev.serai.adapters.dialects.ollama;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.embedding.EmbeddingChecks;
import dev.serai.adapters.dialects.embedding.EmbeddingCodec;
import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.adapters.dialects.translation.JsonHeaders;
import dev.serai.adapters.dialects.translation.TokenCounts;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.EmbeddingDialect;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.ProviderRequest.ReplyKind;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.request.EmbeddingReply;
import dev.serai.core.request.EmbeddingRequest;
import dev.serai.core.request.EmbeddingRequest.Input;
import dev.serai.core.request.EmbeddingResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Embeddings from Ollama: {@code POST /api/embed} (docs.ollama.com/api/embed). Thread-safe. */
final class OllamaEmbeddings implements EmbeddingDialect {
  private static final String PATH = "/api/embed";
  private static final Set<String> OWN = Set.of("truncate", "options", "keep_alive");
  private static final byte[] MODEL = ascii("model");
  private static final byte[] VECTOR = ascii("embedding");
  private static final byte[] VECTORS = ascii("embeddings");
  private static final byte[] ERROR = ascii("error");
  private static final byte[] PROMPT_EVAL_COUNT = ascii("prompt_eval_count");

  @Override
  public ProviderRequest writeRequest(EmbeddingRequest request, Destination destination) {
    if (request instanceof OllamaEmbeddingRequest own) {
      byte[] bytes = RequestSplicer.withModel(own.members(), destination.model());
      String path = own.older() ? OllamaEmbeddingSurface.OLDER : PATH;
      return ProviderRequest.post(path, headers(destination), bytes, ReplyKind.WHOLE);
    }
    DroppedFields dropped = new DroppedFields();
    JsonWriter out = new JsonWriter(request.bytes().length + 256);
    out.beginObject().member("model", destination.model()).name("input").beginArray();
    for (Input input : request.inputs()) {
      out.value(EmbeddingChecks.text(input, destination));
    }
    out.endArray();
    request.dimensions().ifPresent(length -> out.member("dimensions", length));
    Map<String, String> unknown = new TreeMap<>(request.unknown());
    for (String name : OWN) {
      Optional.ofNullable(unknown.remove(name)).ifPresent(json -> out.name(name).json(json));
    }
    dropped.addAll(unknown);
    byte[] body = out.endObject().bytes();
    return ProviderRequest.post(PATH, headers(destination), body, ReplyKind.WHOLE)
        .dropping(dropped.names());
  }

  private static HeaderFields headers(Destination destination) {
    return JsonHeaders.withBearer(JsonHeaders.whole(), destination);
  }

  @Override
  public EmbeddingReply readReply(byte[] body, EmbeddingRequest request, Destination destination) {
    String model = destination.model();
    List<float[]> vectors = new ArrayList<>();
    try {
      JsonCursor cursor = new JsonCursor().over(body, 0, body.length);
      cursor.enterObject();
      while (cursor.nextMember()) {
        if (cursor.nameIs(VECTOR) && cursor.peek() == '[') {
          vectors.add(EmbeddingCodec.read(body, cursor));
        } else if (cursor.nameIs(VECTORS) && cursor.peek() == '[') {
          cursor.enterArray();
          while (cursor.nextElement()) {
            vectors.add(EmbeddingCodec.read(body, cursor));
          }
        } else if (cursor.nameIs(MODEL) && cursor.peek() == '"') {
          model = cursor.text();
        } else if (cursor.nameIs(ERROR) && cursor.peek() == '"') {
          throw ProviderProblems.byStatus(destination, 500, cursor.text()).build();
        } else {
          cursor.skip();
        }
      }
      cursor.finish();
    } catch (MalformedInput e) {
      throw EmbeddingChecks.unreadable(destination);
    }
    boolean own = request instanceof OllamaEmbeddingRequest;
    if (own ? vectors.isEmpty() : vectors.size() != request.inputs().size()) {
      throw EmbeddingChecks.miscounted(destination);
    }
    return own
        ? new EmbeddingReply.Relayed(body)
        : new EmbeddingReply.Complete(new EmbeddingResponse(model, vectors));
  }

  @Override
  public Optional<Usage> readUsage(byte[] body) {
    TokenCounts counts = new TokenCounts();
    long counted = 0;
    JsonCursor cursor = new JsonCursor().over(body, 0, body.length);
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(PROMPT_EVAL_COUNT)) {
        counted = counts.take(cursor, counted);
      } else {
        cursor.skip();
      }
    }
    return counts.reported() ? Optional.of(Usage.of(counted, 0)) : Optional.empty();
  }
}
