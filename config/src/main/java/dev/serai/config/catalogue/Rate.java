package dev.serai.config.catalogue;

import java.math.BigDecimal;

/**
 * The price of one kind of token, in pico US dollars (1e-12 USD) per token, which is the same
 * number as micro US dollars per million tokens. Above a threshold another price applies to all
 * tokens of the call. Immutable.
 *
 * @param above thresholds of input tokens, ascending
 * @param prices the price up to the first threshold, then above each
 */
record Rate(long[] above, long[] prices) {
  private static final int PICO = 6;
  private static final int PICO_DECIMALS = 12;

  static Rate flat(BigDecimal usdPerMillion) {
    return new Rate(new long[0], new long[] {pico(usdPerMillion)});
  }

  /**
   * Converts a price.
   *
   * @throws ArithmeticException if it has more than six decimals
   */
  static long pico(BigDecimal usdPerMillion) {
    return usdPerMillion.movePointRight(PICO).longValueExact();
  }

  /** The price of one token of a short prompt, in US dollars. */
  BigDecimal usdPerToken() {
    return BigDecimal.valueOf(prices[0], PICO_DECIMALS);
  }

  /** The price for a call with that many input tokens. */
  long at(long inputTokens) {
    long price = prices[0];
    for (int i = 0; i < above.length && inputTokens > above[i]; i++) {
      price = prices[i + 1];
    }
    return price;
  }
}
