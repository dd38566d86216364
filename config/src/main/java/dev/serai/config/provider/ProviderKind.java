package dev.serai.config.provider;

import dev.serai.config.annotation.OtherWords;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A kind of provider, which is the kamelet that serves it. */
public enum ProviderKind implements OtherWords {
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

  /** What to write instead of the name of a vendor or a server. */
  @Override
  public Optional<String> insteadOf(String word) {
    return OtherProviders.kind(word).map(kind -> "write kind: " + kind);
  }

  /** The names of all kinds. */
  static String names() {
    return Arrays.stream(values()).map(ProviderKind::toString).collect(Collectors.joining(", "));
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
