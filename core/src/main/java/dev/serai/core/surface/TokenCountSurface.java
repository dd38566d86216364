package dev.serai.core.surface;

/** A surface whose clients may ask how many tokens a request has. Pure and thread-safe. */
@FunctionalInterface
public interface TokenCountSurface {
  /** Writes a count of a request's tokens. */
  byte[] writeTokenCount(long tokens);
}
