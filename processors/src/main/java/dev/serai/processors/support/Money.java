package dev.serai.processors.support;

import java.math.BigDecimal;

/** Amounts of money in reports: exact, in US dollars. */
public final class Money {
  private static final int NANO = 9;

  private Money() {}

  /** Nano US dollars as US dollars, with no more digits than needed. */
  public static BigDecimal usd(long nanoUsd) {
    BigDecimal exact = BigDecimal.valueOf(nanoUsd, NANO).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }
}
