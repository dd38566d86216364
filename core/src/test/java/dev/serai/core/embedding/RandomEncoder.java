package dev.serai.core.embedding;

import dev.serai.core.hash.Sha256;
import java.nio.ByteBuffer;
import java.util.Random;

/** Embeddings that are random, and the same for the same text. */
public final class RandomEncoder implements TextEncoder {
  private final int dimension;

  public RandomEncoder(int dimension) {
    this.dimension = dimension;
  }

  @Override
  public String model() {
    return "random-" + dimension;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public float[] encode(String text) {
    Random random = new Random(ByteBuffer.wrap(Sha256.of(text)).getLong());
    float[] vector = new float[dimension];
    double square = 0;
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
      square += vector[i] * vector[i];
    }
    for (int i = 0; i < dimension; i++) {
      vector[i] /= (float) Math.sqrt(square);
    }
    return vector;
  }

  @Override
  public void close() {
    // Has nothing to free.
  }
}
