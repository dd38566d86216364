package dev.serai.core.request;

import java.util.List;

/**
 * Embeddings, in the order of the inputs.
 *
 * @param embeddings not to be changed
 */
public record EmbeddingResponse(String model, List<float[]> embeddings) {
  public EmbeddingResponse {
    embeddings = List.copyOf(embeddings);
  }
}
