package dev.serai.core.request;

/** The reply to an embedding request. Immutable, with bytes that must not be changed. */
public sealed interface EmbeddingReply {
  /** A reply in the caller's dialect, forwarded unchanged. */
  record Relayed(byte[] bytes) implements EmbeddingReply {}

  /** A reply from another dialect, read into core types. */
  record Complete(EmbeddingResponse response) implements EmbeddingReply {}
}
