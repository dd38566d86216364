package dev.serai.adapters.dialects.gemini;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.embedding.EmbeddingChecks;
import dev.serai.adapters.dialects.embedding.EmbeddingCodec;
import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.adapters.dialects.translation.JsonHeaders;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.EmbeddingDialect;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.ProviderRequest.ReplyKind;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
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

/**
 * Embeddings from Gemini: {@code POST models/NAME:batchEmbedContents}
 * (ai.google.dev/api/embeddings), one request in the batch for each input. Newer models report the
 * tokens of the batch in {@code usageMetadata}. A request of a client of the same API is forwarded
 * with another name of the model. Thread-safe.
 */
final class GeminiEmbeddings implements EmbeddingDialect {
  /** "At most 100 requests can be in one batch." */
  private static final int MAX_INPUTS = 100;

  /** Members of each request that a caller may set. */
  private static final Set<String> OWN = Set.of("taskType", "title");

  private static final byte[] EMBEDDING = ascii("embedding");
  private static final byte[] EMBEDDINGS = ascii("embeddings");
  private static final byte[] VALUES = ascii("values");

  @Override
  public ProviderRequest writeRequest(EmbeddingRequest request, Destination destination) {
    if (request instanceof GeminiEmbeddingRequest own) {
      String model = ModelPath.of(destination.model());
      String verb = own.batch() ? GeminiEmbeddingRequest.BATCH : GeminiEmbeddingRequest.ONE;
      return posted(model + ":" + verb, own.withModel(model.substring(1)), destination);
    }
    List<Input> inputs = request.inputs();
    if (inputs.size() > MAX_INPUTS) {
      throw CallerProblem.invalid(
          "input",
          "The provider '"
              + destination.provider().name()
              + "' takes at most "
              + MAX_INPUTS
              + " inputs at once.");
    }
    Map<String, String> unknown = new TreeMap<>(request.unknown());
    Map<String, String> own = new TreeMap<>();
    for (String name : OWN) {
      Optional.ofNullable(unknown.remove(name)).ifPresent(json -> own.put(name, json));
    }
    DroppedFields dropped = new DroppedFields();
    EmbeddingChecks.drop(unknown, dropped);
    String model = ModelPath.of(destination.model());
    JsonWriter out = new JsonWriter(request.bytes().length + 128 * inputs.size());
    out.beginObject().name("requests").beginArray();
    for (Input input : inputs) {
      out.beginObject().member("model", model.substring(1));
      out.name("content").beginObject().name("parts").beginArray();
      out.beginObject().member("text", EmbeddingChecks.text(input, destination)).endObject();
      out.endArray().endObject();
      request.dimensions().ifPresent(length -> out.member("outputDimensionality", length));
      own.forEach((name, json) -> out.name(name).json(json));
      out.endObject();
    }
    byte[] body = out.endArray().endObject().bytes();
    String path = model + ":" + GeminiEmbeddingRequest.BATCH;
    return posted(path, body, destination).dropping(dropped.names());
  }

  private static ProviderRequest posted(String path, byte[] body, Destination destination) {
    HeaderFields headers = JsonHeaders.whole();
    destination.key().ifPresent(key -> headers.add("x-goog-api-key", key));
    return ProviderRequest.post(path, headers, body, ReplyKind.WHOLE);
  }

  @Override
  public EmbeddingReply readReply(byte[] body, EmbeddingRequest request, Destination destination) {
    List<float[]> vectors = new ArrayList<>();
    try {
      JsonCursor cursor = new JsonCursor().over(body, 0, body.length);
      cursor.enterObject();
      while (cursor.nextMember()) {
        if (cursor.nameIs(EMBEDDINGS) && cursor.peek() == '[') {
          cursor.enterArray();
          while (cursor.nextElement()) {
            take(body, cursor, vectors);
          }
        } else if (cursor.nameIs(EMBEDDING) && cursor.peek() == '{') {
          take(body, cursor, vectors);
        } else if (cursor.nameIs(MemberNames.ERROR) && cursor.peek() == '{') {
          throw ErrorReader.of(body).problem(destination);
        } else {
          cursor.skip();
        }
      }
      cursor.finish();
    } catch (MalformedInput e) {
      throw EmbeddingChecks.unreadable(destination);
    }
    if (request instanceof GeminiEmbeddingRequest) {
      if (vectors.isEmpty()) {
        throw EmbeddingChecks.miscounted(destination);
      }
      return new EmbeddingReply.Relayed(body);
    }
    EmbeddingChecks.requireAll(vectors.size(), request, destination);
    return new EmbeddingReply.Complete(new EmbeddingResponse(destination.model(), vectors));
  }

  private static void take(byte[] body, JsonCursor cursor, List<float[]> vectors) {
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(VALUES) && cursor.peek() == '[') {
        vectors.add(EmbeddingCodec.read(body, cursor));
      } else {
        cursor.skip();
      }
    }
  }

  @Override
  public Optional<Usage> readUsage(byte[] body) {
    try {
      JsonCursor cursor = new JsonCursor().over(body, 0, body.length);
      cursor.enterObject();
      while (cursor.nextMember()) {
        if (cursor.nameIs(MemberNames.USAGE) && cursor.peek() == '{') {
          return UsageReader.read(cursor);
        }
        cursor.skip();
      }
    } catch (MalformedInput e) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
