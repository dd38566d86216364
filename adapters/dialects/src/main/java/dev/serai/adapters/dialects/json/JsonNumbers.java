package dev.serai.adapters.dialects.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The values of JSON that are numbers, read from the bytes of one well-formed value. Pure. */
final class JsonNumbers {
  private static final long NONE = -1;
  private static final int MAX_LENGTH = 40;
  private static final long MAX_COUNT = 1_000_000_000_000_000L;
  private static final BigDecimal LIMIT = BigDecimal.valueOf(MAX_COUNT);

  private JsonNumbers() {}

  /** A whole number from 0 to 10^15 that is written in digits only; -1 for any other value. */
  static long count(byte[] text, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      value = value * 10 + digit;
      if (value > MAX_COUNT) {
        return NONE;
      }
    }
    return value;
  }

  /** A whole number from 0 to 10^15 in any form; -1 for any other value. */
  static long whole(byte[] text, int from, int to) {
    long count = count(text, from, to);
    return count >= 0
        ? count
        : decimal(text, from, to)
            .filter(JsonNumbers::isCount)
            .map(BigDecimal::longValue)
            .orElse(NONE);
  }

  private static boolean isCount(BigDecimal number) {
    return number.signum() >= 0
        && number.compareTo(LIMIT) <= 0
        && (number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0);
  }

  /** A number of at most 40 characters; empty for any other value. */
  static Optional<BigDecimal> decimal(byte[] text, int from, int to) {
    boolean number = text[from] == '-' || text[from] >= '0' && text[from] <= '9';
    return number && to - from <= MAX_LENGTH
        ? Optional.of(new BigDecimal(new String(text, from, to - from, StandardCharsets.US_ASCII)))
        : Optional.empty();
  }
}
