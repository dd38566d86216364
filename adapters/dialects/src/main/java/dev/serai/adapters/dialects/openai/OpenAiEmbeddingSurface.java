package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.embedding.EmbeddingCodec;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.request.EmbeddingRequest;
import dev.serai.core.request.EmbeddingResponse;
import dev.serai.core.surface.EmbeddingSurface;
import java.util.List;
import java.util.Optional;

/** OpenAI's embeddings API, {@code POST /v1/embeddings}. Thread-safe. */
public final class OpenAiEmbeddingSurface implements EmbeddingSurface {
  @Override
  public String dialect() {
    return OpenAiDialect.NAME;
  }

  @Override
  public boolean owns(String path) {
    return path.equals("/v1/embeddings");
  }

  @Override
  public EmbeddingRequest readRequest(InboundRequest inbound) {
    return OpenAiEmbeddingRequest.read(inbound.body());
  }

  @Override
  public byte[] writeResponse(
      EmbeddingRequest request, EmbeddingResponse response, Optional<Usage> usage) {
    boolean base64 = request instanceof OpenAiEmbeddingRequest own && own.wantsBase64();
    List<float[]> embeddings = response.embeddings();
    JsonWriter out = new JsonWriter(1024 + 16 * embeddings.size() * embeddings.getFirst().length);
    out.beginObject().member("object", "list").name("data").beginArray();
    for (int i = 0; i < embeddings.size(); i++) {
      out.beginObject().member("object", "embedding").member("index", i).name("embedding");
      if (base64) {
        out.value(EmbeddingCodec.base64(embeddings.get(i)));
      } else {
        EmbeddingCodec.write(out, embeddings.get(i));
      }
      out.endObject();
    }
    out.endArray().member("model", response.model()).name("usage").beginObject();
    long input = usage.map(Usage::input).orElse(0L);
    out.member("prompt_tokens", input).member("total_tokens", input);
    return out.endObject().endObject().bytes();
  }
}
