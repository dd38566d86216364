package dev.serai.core.privacy;

import java.util.Locale;

/** A kind of personal data or secret. */
public enum PiiKind {
  EMAIL,
  PHONE,
  CARD,
  IBAN,
  NATIONAL_ID,
  IP,
  SECRET,
  NAME;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in settings, metrics and errors: "email", "national_id". */
  public String label() {
    return label;
  }
}
