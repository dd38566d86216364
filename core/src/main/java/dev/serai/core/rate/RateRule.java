package dev.serai.core.rate;

/** A limit and whose it is. Immutable. */
public record RateRule(RateKey key, Allowance allowance) {
  public Window window() {
    return allowance.window();
  }
}
