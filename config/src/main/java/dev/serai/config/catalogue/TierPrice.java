package dev.serai.config.catalogue;

import java.time.Instant;
import java.util.Map;

/**
 * The rates of calls with special terms. Immutable.
 *
 * @param tier the provider's name for the terms: "batch", "flex", "priority"
 * @param from the start of its first day, in seconds since 1970
 * @param rates the rates that differ from the standard price, by the names in the built-in data
 */
record TierPrice(String tier, long from, Map<String, Rate> rates) {
  boolean appliesTo(String terms, Instant when) {
    return tier.equals(terms) && when.getEpochSecond() >= from;
  }
}
