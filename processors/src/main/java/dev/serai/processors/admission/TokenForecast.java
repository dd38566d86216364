package dev.serai.processors.admission;

import dev.serai.core.request.ChatRequest;
import dev.serai.core.request.EmbeddingRequest;
import dev.serai.core.request.ModelRequest;
import dev.serai.core.request.RelayRequest;
import dev.serai.core.usage.RoughTokens;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Foretells the tokens of a call in a few nanoseconds: four bytes of the request and of what its
 * session has before it count as a token, and the response has as many as the request allows, else
 * as many as responses had lately. A request whose tokens are only counted uses none. Thread-safe.
 */
final class TokenForecast {
  private static final long FIRST_MEAN = 256;
  private static final int WEIGHT = 16;

  private final AtomicLong mean = new AtomicLong(FIRST_MEAN);

  /** The tokens of the request, at least one if a model reads a prompt. */
  static long input(ModelRequest request) {
    return switch (request) {
      case ChatRequest chat when chat.isTokenCount() -> 0;
      case ChatRequest chat -> 1 + RoughTokens.of(chat.size());
      case EmbeddingRequest texts -> 1 + RoughTokens.of(texts.bytes().length);
      case RelayRequest _ -> 0;
    };
  }

  /** The tokens of the response. */
  long output(ModelRequest request) {
    return request instanceof ChatRequest chat && !chat.isTokenCount()
        ? chat.outputLimit().orElse(mean.get())
        : 0;
  }

  /** Learns how long a response was. Two at the same time may count as one. */
  void learn(long output) {
    long before = mean.get();
    mean.set(Math.max(1, before + (output - before) / WEIGHT));
  }
}
