package dev.serai.core.request;

/** What an attempt at vectors brought. */
public sealed interface EmbeddingAnswer {
  /** An answer in the caller's own dialect. */
  record Relayed(byte[] bytes) implements EmbeddingAnswer {}

  /** An answer from another dialect, understood. */
  record Complete(EmbeddingResponse response) implements EmbeddingAnswer {}
}
