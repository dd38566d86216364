package dev.serai.core.request;

import java.util.List;

/**
 * Vectors, in the order of the inputs.
 *
 * @param vectors not to be changed
 */
public record EmbeddingResponse(String model, List<float[]> vectors) {
  public EmbeddingResponse {
    vectors = List.copyOf(vectors);
  }
}
