package dev.serai.core.guard;

import java.util.Locale;

/** Which texts a guard checks. */
public enum GuardDirection {
  /** Those of the request. */
  INPUT,
  /** Those of the response. */
  OUTPUT;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in settings, metrics and the log. */
  public String label() {
    return label;
  }
}
