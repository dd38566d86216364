package dev.serai.core.provider;

import java.time.Duration;

/** Which key an attempt is made with. */
public sealed interface KeyChoice {
  /** This one. */
  record Chosen(KeyRef ref, String value) implements KeyChoice {
    /** Never the key. */
    @Override
    public String toString() {
      return "Chosen " + ref.id();
    }
  }

  /** There is no key: the provider is asked without one. */
  record NoKey() implements KeyChoice {}

  /**
   * The provider has refused every key.
   *
   * @param count how many keys there are
   * @param retryAfter until one is tried again
   */
  record AllDisabled(int count, Duration retryAfter) implements KeyChoice {}
}
