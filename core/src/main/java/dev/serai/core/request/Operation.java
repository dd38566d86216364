package dev.serai.core.request;

/**
 * What a call asks of a model. The words are those of {@code gen_ai.operation.name} where
 * OpenTelemetry has one, and otherwise the first segment of OpenAI's path.
 */
public enum Operation {
  CHAT("chat"),
  EMBEDDINGS("embeddings"),
  IMAGES("images"),
  AUDIO("audio"),
  MODERATIONS("moderations"),
  RERANK("rerank"),
  FILES("files"),
  BATCHES("batches"),
  REALTIME("realtime"),
  /** A copy of a chat call that an experiment makes; in the ledger only. */
  SHADOW("shadow");

  private final String label;

  Operation(String word) {
    this.label = word;
  }

  /** Its name in paths, messages, meters and spans. */
  public String label() {
    return label;
  }
}
