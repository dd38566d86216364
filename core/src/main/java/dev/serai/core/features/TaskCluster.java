package dev.serai.core.features;

import java.util.Locale;
import java.util.Optional;

/** Kinds of work for which models differ in quality. */
public enum TaskCluster {
  /** Writes, repairs or explains programs. */
  CODE,
  SUMMARISE,
  /** Finds values in a text. */
  EXTRACT,
  /** Chooses a label. */
  CLASSIFY,
  /** Conversation, advice and questions of knowledge: whatever is nothing else. */
  CHAT,
  /** Produces JSON or other structured data. */
  JSON,
  /** Mathematics, logic and plans. */
  REASONING,
  TRANSLATE;

  /** Its name in requests, logs and settings. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The cluster of a task type as a caller writes it: its label or a common synonym. */
  public static Optional<TaskCluster> named(String taskType) {
    return switch (taskType.strip().toLowerCase(Locale.ROOT)) {
      case "code", "coding", "programming" -> Optional.of(CODE);
      case "summarise", "summarize", "summary", "summarisation", "summarization" ->
          Optional.of(SUMMARISE);
      case "extract", "extraction" -> Optional.of(EXTRACT);
      case "classify", "classification" -> Optional.of(CLASSIFY);
      case "chat", "conversation" -> Optional.of(CHAT);
      case "json", "structured" -> Optional.of(JSON);
      case "reasoning", "math", "maths" -> Optional.of(REASONING);
      case "translate", "translation" -> Optional.of(TRANSLATE);
      default -> Optional.empty();
    };
  }
}
