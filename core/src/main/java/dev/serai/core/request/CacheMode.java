package dev.serai.core.request;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a call uses the cache of responses. */
public enum CacheMode {
  OFF,
  /** A stored response is sent; a new one is not stored. */
  READ,
  /** The response is stored; none that is stored is sent. */
  WRITE,
  READ_WRITE,
  /** Both, and the response to a question that means the same is sent too. */
  SEMANTIC;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** Its name in settings, requests and header fields. */
  public String label() {
    return label;
  }

  /** The mode of that name. */
  public static Optional<CacheMode> named(String name) {
    return Arrays.stream(values()).filter(mode -> mode.label.equals(name)).findFirst();
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(CacheMode::label).toList();
  }

  public boolean reads() {
    return this == READ || isBoth();
  }

  public boolean writes() {
    return this == WRITE || isBoth();
  }

  /** Whether it reads and writes. */
  public boolean isBoth() {
    return this == READ_WRITE || this == SEMANTIC;
  }
}
