package dev.serai.core.usage;

import java.math.BigDecimal;

/** Writes amounts of money: exact, in US dollars. Stateless. */
public final class Money {
  private static final int NANO = 9;

  private Money() {}

  /** Nano US dollars as US dollars, with no more digits than needed. */
  public static BigDecimal usd(long nanoUsd) {
    BigDecimal exact = BigDecimal.valueOf(nanoUsd, NANO).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }

  /** The same for people: with cents at least, {@code 1.50}. */
  public static String text(long nanoUsd) {
    BigDecimal exact = usd(nanoUsd);
    return (exact.scale() < 2 ? exact.setScale(2) : exact).toPlainString();
  }
}
