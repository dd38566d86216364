package dev.serai.memory.tokens;

import dev.serai.core.chat.Usage;
import dev.serai.core.request.ModelRequest;

/**
 * First estimates of tokens that no provider counted. Pure, and fast enough for an event loop; The
 * ledger later replaces them by better ones.
 */
public final class RoughEstimates {
  private static final int BYTES_PER_TOKEN = 4;

  private RoughEstimates() {}

  /** Estimates the usage from the size of the request and the number of stream events. */
  public static Usage fromSizes(ModelRequest request, int pieces) {
    return Usage.of(Math.max(1, request.bytes().length / BYTES_PER_TOKEN), pieces);
  }

  /**
   * Corrects the usage of a stream that ended early: the provider has counted the prompt, but the
   * output only up to some earlier point.
   */
  public static Usage ofInterruptedStream(Usage counted, int pieces) {
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
