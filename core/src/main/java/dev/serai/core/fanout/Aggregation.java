package dev.serai.core.fanout;

import java.util.Locale;

/** How one response is made of those of several candidates. */
public enum Aggregation {
  /** The first good response; the other candidates are cancelled. */
  FIRST_WIN,
  /** A response that most of the candidates agree with. */
  CONSENSUS,
  /**
   * JSON objects are merged: each member has the value with the most weight. Of other responses,
   * one that those with the most weight agree with.
   */
  WEIGHTED_MERGE,
  /** The response to which a model gives the highest score. */
  BEST_BY_JUDGE;

  /** Its name in settings, header fields, metrics and spans. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
