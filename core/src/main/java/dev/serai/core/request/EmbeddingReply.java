package dev.serai.core.request;

/** What an attempt at vectors brought. */
public sealed interface EmbeddingReply {
  /** An answer in the caller's own dialect. */
  record Relayed(byte[] bytes) implements EmbeddingReply {}

  /** An answer from another dialect, understood. */
  record Complete(EmbeddingResponse response) implements EmbeddingReply {}
}
