package dev.serai.config.catalogue;

import java.time.Instant;
import java.util.Map;

/**
 * What is charged otherwise when a call was served by special terms. Immutable.
 *
 * @param tier the provider's word for them: "batch", "flex", "priority"
 * @param from the first second of its first day, in seconds of the epoch
 * @param rates what differs, by the names of the vendored data; the others are as usual
 */
record TierPrice(String tier, long from, Map<String, Rate> rates) {
  boolean holds(String asked, Instant when) {
    return tier.equals(asked) && when.getEpochSecond() >= from;
  }
}
