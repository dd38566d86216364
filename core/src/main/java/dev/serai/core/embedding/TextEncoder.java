package dev.serai.core.embedding;

/** A model in this process that makes embeddings of texts. Thread-safe. */
public interface TextEncoder extends AutoCloseable {
  /** Names the model and its version. */
  String model();

  /** How many numbers an embedding has. */
  int dimension();

  /** The embedding of a text, of length 1. Computes on the calling thread, for milliseconds. */
  float[] encode(String text);

  /** Frees the model. Nothing is encoded then or later. */
  @Override
  void close();
}
