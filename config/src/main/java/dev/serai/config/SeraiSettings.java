package dev.serai.config;

/**
 * What Serai does with every call.
 *
 * @param strict whether a request is refused with 400, rather than weakened, when a provider's
 *     dialect cannot say all of it
 */
public record SeraiSettings(boolean strict) {
  /** Weakened and reported. */
  public static SeraiSettings defaults() {
    return new SeraiSettings(false);
  }
}
