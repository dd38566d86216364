package dev.serai.config.catalogue;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A model of the built-in data. Immutable.
 *
 * @param id its main name
 * @param names rules for its other names: {@code =exactly}, {@code ^beginning}, {@code *part},
 *     {@code $end}, {@code ~regular expression}
 * @param tiers prices of special terms; the first that applies counts
 * @param context how many tokens prompt and response may have together; 0 if unknown
 * @param prices dated prices; the last that applies counts, otherwise the first; empty if the cost
 *     does not follow from tokens
 */
record VendorModel(
    String id, List<String> names, List<DatedPrice> prices, List<TierPrice> tiers, int context) {
  /** Terms that never cost the standard price: without a price of their own the cost is unknown. */
  private static final Set<String> SPECIAL = Set.of("batch", "flex", "priority", "fast");

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
      case '$' -> name.endsWith(rule);
      case '*' -> name.contains(rule);
      case '~' -> Pattern.compile(rule).matcher(name).find();
      default ->
          throw new IllegalStateException("unknown rule in the built-in price data: " + kind);
    };
  }

  /** The price at a time with given terms; empty if unknown. */
  Optional<Price> price(Instant when, String tier) {
    Optional<DatedPrice> standard = price(when);
    if (tier.isEmpty() || standard.isEmpty()) {
      return standard.map(DatedPrice::price);
    }
    for (TierPrice special : tiers) {
      if (special.appliesTo(tier, when)) {
        Map<String, Rate> rates = new HashMap<>(standard.get().rates());
        rates.putAll(special.rates());
        return Optional.of(Price.of(rates));
      }
    }
    return SPECIAL.contains(tier) ? Optional.empty() : standard.map(DatedPrice::price);
  }

  private Optional<DatedPrice> price(Instant when) {
    for (int i = prices.size() - 1; i >= 0; i--) {
      if (prices.get(i).appliesAt(when)) {
        return Optional.of(prices.get(i));
      }
    }
    return prices.isEmpty() ? Optional.empty() : Optional.of(prices.getFirst());
  }
}
