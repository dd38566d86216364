package dev.serai.config.catalogue;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A model of the vendored data. Immutable.
 *
 * @param id its usual name
 * @param names what it may be called: {@code =exactly}, {@code ^beginning}, {@code *part}, {@code
 *     $end}, {@code ~regular expression}
 * @param tiers what is charged otherwise by special terms; the first that holds counts
 * @param context tokens that prompt and answer may have together; 0 if not known
 * @param prices the last that holds counts, else the first; empty if tokens do not tell the cost
 */
record VendorModel(
    String id, List<String> names, List<DatedPrice> prices, List<TierPrice> tiers, int context) {
  /** Terms that are never charged as usual: without a price of their own theirs is unknown. */
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
      default -> throw new IllegalStateException("the price data has an unknown rule: " + kind);
    };
  }

  /** The price then, by these terms; empty if it is not known. */
  Optional<Price> price(Instant when, String tier) {
    Optional<DatedPrice> usual = price(when);
    if (tier.isEmpty() || usual.isEmpty()) {
      return usual.map(DatedPrice::price);
    }
    for (TierPrice special : tiers) {
      if (special.holds(tier, when)) {
        Map<String, Rate> rates = new HashMap<>(usual.get().rates());
        rates.putAll(special.rates());
        return Optional.of(Price.of(rates));
      }
    }
    return SPECIAL.contains(tier) ? Optional.empty() : usual.map(DatedPrice::price);
  }

  private Optional<DatedPrice> price(Instant when) {
    for (int i = prices.size() - 1; i >= 0; i--) {
      if (prices.get(i).holds(when)) {
        return Optional.of(prices.get(i));
      }
    }
    return prices.isEmpty() ? Optional.empty() : Optional.of(prices.getFirst());
  }
}
