package dev.serai.adapters.dialects.ollama;

import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import java.util.Optional;

/** Reads the token counts of Ollama's last chunk. */
final class UsageReader {
  private UsageReader() {}

  /** Reads only the count of a non-streaming response. */
  static Optional<Usage> read(byte[] body, Destination destination) {
    return ResponseReader.chunk(body, destination).usage();
  }

  /**
   * The count of a chunk. A server that has the whole prompt in its cache may omit the tokens of
   * the prompt: they count as none.
   *
   * @param prompt -1 if absent
   * @param output -1 if absent
   */
  static Optional<Usage> of(long prompt, long output) {
    return prompt < 0 && output < 0
        ? Optional.empty()
        : Optional.of(Usage.of(Math.max(prompt, 0), Math.max(output, 0)));
  }
}
