package dev.serai.config;

/**
 * Settings that apply to every call.
 *
 * @param strict whether a request is refused with 400 if the dialect of the provider cannot express
 *     all of it; otherwise the rest is dropped and reported
 */
public record SeraiSettings(boolean strict) {
  /** Not strict: dropped and reported. */
  public static SeraiSettings defaults() {
    return new SeraiSettings(false);
  }
}
