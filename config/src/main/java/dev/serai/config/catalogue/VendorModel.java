package dev.serai.config.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A model of the vendored data. Immutable.
 *
 * @param id its usual name
 * @param names what it may be called: {@code =exactly}, {@code ^beginning}, {@code *part}, {@code
 *     ~regular expression}
 * @param prices the last that holds counts, else the first; empty if tokens do not tell the cost
 */
record VendorModel(String id, List<String> names, List<DatedPrice> prices) {
  boolean matches(String name) {
    for (String rule : names) {
      if (matches(rule.charAt(0), rule.substring(1), name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(char kind, String rule, String name) {
    return switch (kind) {
      case '=' -> name.equals(rule);
      case '^' -> name.startsWith(rule);
      case '*' -> name.contains(rule);
      case '~' -> Pattern.compile(rule).matcher(name).find();
      default -> throw new IllegalStateException("the price data has an unknown rule: " + kind);
    };
  }

  Optional<Price> price(Instant when) {
    for (int i = prices.size() - 1; i >= 0; i--) {
      if (prices.get(i).holds(when)) {
        return Optional.of(prices.get(i).price());
      }
    }
    return prices.isEmpty() ? Optional.empty() : Optional.of(prices.getFirst().price());
  }
}
