package dev.serai.config.provider;

/** A kind of provider, which is the kamelet that serves it. */
public enum ProviderKind {
  OPENAI_COMPATIBLE("openai-compatible", "openai"),
  ANTHROPIC("anthropic", "anthropic"),
  BEDROCK("bedrock", "bedrock"),
  GEMINI("gemini", "gemini"),
  VERTEX("vertex", "vertex"),
  OLLAMA("ollama", "ollama"),
  PERSONA("persona", "persona");

  private final String kamelet;
  private final String dialect;

  ProviderKind(String kamelet, String dialect) {
    this.kamelet = kamelet;
    this.dialect = dialect;
  }

  /** The name of the kamelet, which is also the name of the kind in the settings. */
  public String kamelet() {
    return kamelet;
  }

  /** The name of the dialect it speaks. */
  public String dialect() {
    return dialect;
  }

  @Override
  public String toString() {
    return kamelet;
  }
}
