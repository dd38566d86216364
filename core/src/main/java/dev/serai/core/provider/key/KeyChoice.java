package dev.serai.core.provider.key;

import java.time.Duration;

/** Which key an attempt is made with. Immutable. */
public sealed interface KeyChoice {
  /** This key. */
  record Chosen(KeyRef ref, String value) implements KeyChoice {
    /** Without the key. */
    @Override
    public String toString() {
      return "Chosen " + ref.id();
    }
  }

  /** The provider has no key. */
  record NoKey() implements KeyChoice {}

  /**
   * Every key is disabled.
   *
   * @param count how many keys there are
   * @param retryAfter until one is tried again
   */
  record AllDisabled(int count, Duration retryAfter) implements KeyChoice {}
}
