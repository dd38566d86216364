package dev.serai.core.feedback;

import java.util.Locale;
import java.util.Optional;

/** Who says something about a call, or what the gateway has observed of it. */
public enum FeedbackSource {
  /** A caller, with a request. */
  CALLER,
  /** A model that scores some of the responses. */
  JUDGE,
  /** The client has left a stream before its end. */
  ABORT,
  /** The same prompt came again in the same session soon after. */
  RETRY,
  /** The next request of the conversation says that a tool has failed. */
  TOOL,
  /** The response is not the JSON that the request asked for. */
  FORMAT;

  /** Callers cannot choose such a name. */
  private static final String PREFIX = "serai:";

  /** Its name in replies and metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The metric as which it is stored. */
  public String metric() {
    return PREFIX + label();
  }

  /** The source of what is stored as this metric. */
  static FeedbackSource of(Optional<String> metric) {
    for (FeedbackSource source : values()) {
      if (metric.filter(source.metric()::equals).isPresent()) {
        return source;
      }
    }
    return CALLER;
  }
}
