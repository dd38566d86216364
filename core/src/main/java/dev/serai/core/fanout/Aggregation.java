package dev.serai.core.fanout;

import java.util.Locale;

/** How one response is made of those of several candidates. */
public enum Aggregation {
  /** The first good response; the other candidates are cancelled. */
  FIRST_WIN,
  /** A response that most of the candidates agree with. */
  CONSENSUS;

  /** Its name in settings, header fields, metrics and spans. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
