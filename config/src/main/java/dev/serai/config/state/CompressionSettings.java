package dev.serai.config.state;

import dev.serai.core.summary.CompressionMode;
import java.util.Optional;

/**
 * Compression of long sessions, in the background.
 *
 * @param mode what older messages become: {@code off}, nothing, so that calls get the newest;
 *     {@code lz4}, packed in the database without loss, and calls get the newest; {@code
 *     key_information}, for calls a summary of sentences that are likely to matter, which are found
 *     without a model; {@code summarise}, one that a model writes; {@code hybrid}, both
 * @param threshold the share of {@code max_context_tokens} from which on a session is compressed,
 *     at least 0.1
 * @param model that writes summaries, PROVIDER/MODEL or an alias; for {@code summarise} and {@code
 *     hybrid}
 */
public record CompressionSettings(CompressionMode mode, double threshold, Optional<String> model) {
  private static final double LOWEST = 0.1;
  private static final double USUAL = 0.8;

  /**
   * @throws IllegalArgumentException if the threshold is not 0.1 to 1, or the mode needs a model
   */
  public CompressionSettings {
    if (!(threshold >= LOWEST && threshold <= 1)) {
      throw new IllegalArgumentException("threshold must be 0.1 to 1, but is " + threshold);
    }
    if (mode.needsModel() && model.isEmpty()) {
      throw new IllegalArgumentException(
          "mode " + mode.label() + " needs model: the model that writes summaries");
    }
  }

  /** Off; from 80 percent of the limit on. */
  public static CompressionSettings defaults() {
    return new CompressionSettings(CompressionMode.OFF, USUAL, Optional.empty());
  }
}
