package dev.serai.core.bandit;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a {@link Bandit} has learned, or a part of it: sums, which may be stored and which several
 * gateways may add to each other's. It does not depend on the algorithm. Immutable.
 */
public final class BanditState {
  private final Map<String, double[]> sums;

  BanditState(Map<String, double[]> sums) {
    this.sums = new TreeMap<>(sums);
  }

  Map<String, double[]> sums() {
    return sums;
  }

  /** Whether nothing was learned. */
  public boolean isEmpty() {
    return sums.isEmpty();
  }

  /** The names of the arms. */
  public Set<String> arms() {
    return Set.copyOf(sums.keySet());
  }

  /** As text of several lines, with its version and a checksum. */
  public String text() {
    return StateText.write(sums);
  }

  /**
   * Reads a state.
   *
   * @param text as {@link #text()} has it
   * @throws IllegalArgumentException if it is something else, of another version, or changed; the
   *     message says which
   */
  public static BanditState parse(String text) {
    return new BanditState(StateText.read(text));
  }
}
