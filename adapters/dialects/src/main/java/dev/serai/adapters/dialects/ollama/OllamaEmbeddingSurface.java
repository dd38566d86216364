package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.embedding.EmbeddingCodec;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.request.EmbeddingRequest;
import dev.serai.core.request.EmbeddingResponse;
import dev.serai.core.surface.EmbeddingSurface;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Embeddings for Ollama's clients: {@code /api/embed}, and the older {@code /api/embeddings} for
 * one prompt. Thread-safe.
 */
public final class OllamaEmbeddingSurface implements EmbeddingSurface {
  /** The older path. */
  static final String OLDER = "/api/embeddings";

  private final InstantSource clock;

  /**
   * @param clock tells how long it took
   */
  public OllamaEmbeddingSurface(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String dialect() {
    return OllamaDialect.NAME;
  }

  @Override
  public boolean owns(String path) {
    return path.equals("/api/embed") || path.equals(OLDER);
  }

  @Override
  public EmbeddingRequest readRequest(InboundRequest inbound) {
    return new OllamaEmbeddingRequest(
        OllamaRequest.members(inbound.body()), inbound.path().equals(OLDER), clock.instant());
  }

  @Override
  public byte[] writeResponse(
      EmbeddingRequest request, EmbeddingResponse response, Optional<Usage> usage) {
    if (!(request instanceof OllamaEmbeddingRequest own)) {
      throw new IllegalStateException("not a request of this surface");
    }
    JsonWriter out = new JsonWriter(4096).beginObject();
    if (own.older()) {
      EmbeddingCodec.write(out.name("embedding"), response.embeddings().getFirst());
      return out.endObject().bytes();
    }
    out.member("model", request.model()).name("embeddings").beginArray();
    for (float[] vector : response.embeddings()) {
      EmbeddingCodec.write(out, vector);
    }
    long nanos = Math.max(0, Duration.between(own.arrived(), clock.instant()).toNanos());
    out.endArray().member("total_duration", nanos).member("load_duration", 0);
    usage.ifPresent(counted -> out.member("prompt_eval_count", counted.input()));
    return out.endObject().bytes();
  }
}
