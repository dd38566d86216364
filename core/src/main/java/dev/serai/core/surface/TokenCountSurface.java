package dev.serai.core.surface;

/** A surface whose clients may ask how many tokens a request has. Pure and thread-safe. */
public interface TokenCountSurface extends Surface {
  /** Writes a count of a request's tokens. */
  byte[] writeTokenCount(long tokens);
}
