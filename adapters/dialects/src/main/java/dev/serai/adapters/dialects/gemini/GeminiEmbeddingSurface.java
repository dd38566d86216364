package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.embedding.EmbeddingCodec;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.request.EmbeddingRequest;
import dev.serai.core.request.EmbeddingResponse;
import dev.serai.core.surface.EmbeddingSurface;
import java.util.Optional;

/**
 * Embeddings for Gemini's clients (ai.google.dev/api/embeddings): {@code
 * /v1beta/models/NAME:embedContent} for one content, and {@code :batchEmbedContents} for several,
 * whose embeddings are in the order of the requests. Newer clients use {@code /v1}. Thread-safe.
 */
public final class GeminiEmbeddingSurface implements EmbeddingSurface {
  @Override
  public String dialect() {
    return GeminiDialect.NAME;
  }

  @Override
  public boolean owns(String path) {
    return path.endsWith(":" + GeminiEmbeddingRequest.ONE)
        || path.endsWith(":" + GeminiEmbeddingRequest.BATCH);
  }

  @Override
  public EmbeddingRequest readRequest(InboundRequest inbound) {
    return GeminiEmbeddingRequest.read(inbound.body(), ModelPath.read(inbound.path()));
  }

  @Override
  public byte[] writeResponse(
      EmbeddingRequest request, EmbeddingResponse response, Optional<Usage> usage) {
    if (!(request instanceof GeminiEmbeddingRequest own)) {
      throw new IllegalStateException("not a request of this surface");
    }
    JsonWriter out = new JsonWriter(4096).beginObject();
    if (own.batch()) {
      out.name("embeddings").beginArray();
      response.embeddings().forEach(vector -> write(out, vector));
      out.endArray();
    } else {
      write(out.name("embedding"), response.embeddings().getFirst());
    }
    usage.ifPresent(
        counted ->
            out.name("usageMetadata")
                .beginObject()
                .member("promptTokenCount", counted.input())
                .endObject());
    return out.endObject().bytes();
  }

  private static void write(JsonWriter out, float[] vector) {
    EmbeddingCodec.write(out.beginObject().name("values"), vector);
    out.endObject();
  }
}
