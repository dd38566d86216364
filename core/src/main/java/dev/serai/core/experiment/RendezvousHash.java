package dev.serai.core.experiment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Assigns units to variants by weighted rendezvous hashing: each variant gets a number of the unit,
 * and the lowest one wins. A change of one weight moves only units to or from that variant.
 *
 * <p>Source: Schindelhauer and Schomaker, Weighted distributed hash tables, SPAA 2005: with {@code
 * u} uniform in (0, 1), the variant with the lowest {@code -ln(u) / weight} is chosen in proportion
 * to its weight. Pure.
 */
final class RendezvousHash {
  private static final int BITS = 53;

  private RendezvousHash() {}

  /**
   * The variant of a unit.
   *
   * @throws IllegalArgumentException if no variant has a weight
   */
  static Variant choose(String experiment, String unit, List<Variant> variants) {
    Variant chosen = variants.getFirst();
    double lowest = Double.POSITIVE_INFINITY;
    for (Variant variant : variants) {
      double number =
          variant.weight() == 0 ? Double.POSITIVE_INFINITY : number(experiment, variant, unit);
      if (number < lowest) {
        lowest = number;
        chosen = variant;
      }
    }
    if (lowest == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("no variant has a weight");
    }
    return chosen;
  }

  /** Whether a call belongs to that many of 100; for each variant others do. */
  static boolean isAmong(int percent, String experiment, String variant, String call) {
    return uniform(experiment + '\n' + variant + "\nshadow\n" + call) * 100 < percent;
  }

  private static double number(String experiment, Variant variant, String unit) {
    return -Math.log(uniform(experiment + '\n' + variant.name() + '\n' + unit)) / variant.weight();
  }

  /** In (0, 1), the bounds excluded. */
  private static double uniform(String text) {
    byte[] hash = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    long top = ByteBuffer.wrap(hash).getLong() >>> (Long.SIZE - BITS);
    return (top + 0.5) * 0x1p-53;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
