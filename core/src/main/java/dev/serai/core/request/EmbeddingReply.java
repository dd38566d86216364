package dev.serai.core.request;

import java.util.OptionalLong;

/** The reply to an embedding request. Immutable, with bytes that must not be changed. */
public sealed interface EmbeddingReply {
  /** A reply in the caller's dialect, forwarded unchanged. */
  record Relayed(byte[] bytes) implements EmbeddingReply {}

  /**
   * A reply from another dialect, read into core types.
   *
   * @param estimate the tokens of the request, if the provider counted none and Serai has
   */
  record Complete(EmbeddingResponse response, OptionalLong estimate) implements EmbeddingReply {
    /** A reply as it was read. */
    public Complete(EmbeddingResponse response) {
      this(response, OptionalLong.empty());
    }
  }
}
