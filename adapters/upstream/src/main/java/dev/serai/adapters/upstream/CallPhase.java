package dev.serai.adapters.upstream;

import dev.serai.core.http.ProviderRequest;

/** What an {@link UpstreamCall} is doing. */
enum CallPhase {
  WAITING,
  CONNECTING,
  SENT,
  FLOWING,
  ENDED;

  /** What did not come in time in this phase. */
  String missing(ProviderRequest request) {
    return switch (this) {
      case WAITING, CONNECTING -> "no connection";
      case SENT -> request.streaming() ? "no first token" : "no reply";
      case FLOWING, ENDED -> "no further bytes of the reply";
    };
  }
}
