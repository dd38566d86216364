package dev.serai.memory.ledger;

import dev.serai.core.chat.Usage;
import dev.serai.core.request.ModelRequest;

/**
 * First guesses at tokens that no provider counted, for the journal: pure and quick enough for an
 * event loop. {@link UncountedCalls} makes them better off it.
 */
final class RoughEstimates {
  private static final int BYTES_A_TOKEN = 4;

  private RoughEstimates() {}

  /** From the sizes alone. */
  static Usage rough(ModelRequest request, int pieces) {
    return Usage.of(Math.max(1, request.bytes().length / BYTES_A_TOKEN), pieces);
  }

  /** The provider was cut short: it counted the prompt, and what of the answer had come. */
  static Usage cutShort(Usage counted, int pieces) {
    return new Usage(
        counted.input(),
        Math.max(counted.output(), pieces),
        counted.cached(),
        counted.cacheWritten(),
        counted.reasoning(),
        counted.cacheWrittenHour(),
        counted.audioInput(),
        counted.audioOutput(),
        counted.tier());
  }
}
