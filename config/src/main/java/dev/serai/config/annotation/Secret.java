package dev.serai.config.annotation;

/** Holds a secret text; {@link #toString} never shows it. Immutable. */
public final class Secret {
  private final String text;

  public Secret(String text) {
    this.text = text;
  }

  /** The secret text, for the code that sends it. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
