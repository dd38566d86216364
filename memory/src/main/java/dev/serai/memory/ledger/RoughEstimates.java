package dev.serai.memory.ledger;

import dev.serai.core.chat.Usage;
import dev.serai.core.request.ModelRequest;
import dev.serai.core.usage.RoughTokens;

/**
 * First estimates of tokens that no provider counted. Pure, and fast enough for an event loop; the
 * ledger later replaces them by better ones.
 */
final class RoughEstimates {
  private RoughEstimates() {}

  /** Estimates the usage from the size of the request and the number of stream events. */
  static Usage fromSizes(ModelRequest request, int pieces) {
    return Usage.of(Math.max(1, RoughTokens.of(request.size())), pieces);
  }

  /**
   * Corrects the usage of a stream that ended early: the provider has counted the prompt, but the
   * output only up to some earlier point.
   */
  static Usage ofInterruptedStream(Usage counted, int pieces) {
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
