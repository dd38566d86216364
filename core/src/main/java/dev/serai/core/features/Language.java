package dev.serai.core.features;

import java.util.Locale;

/** A language that a prompt may be in; all others are one. */
public enum Language {
  EN,
  DE,
  FR,
  ES,
  IT,
  PT,
  NL,
  RU,
  ZH,
  JA,
  KO,
  AR,
  OTHER;

  /** Its code of ISO 639-1; {@code other} for all others. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
