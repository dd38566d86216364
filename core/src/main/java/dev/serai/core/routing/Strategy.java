package dev.serai.core.routing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the candidates of a call are ordered. */
public enum Strategy {
  /** As configured: providers by priority, the targets of an alias by weight. */
  PRIORITY,
  /** In turn, by weight. */
  ROUND_ROBIN,
  /** The cheapest first. */
  COST_AWARE,
  /** The one that fits the request best first. */
  CAPABILITY_MATCH,
  /** The less loaded of two that are drawn by weight. */
  LOAD_BALANCED,
  /** The fastest first. */
  LATENCY,
  /**
   * The one that a bandit draws, by what it has learned of the candidates for this kind of work.
   */
  BANDIT;

  /** Its name in settings and requests. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The strategy of that name, in any case, with {@code -} or {@code _} between its words. */
  public static Optional<Strategy> named(String name) {
    String label = name.strip().toLowerCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
  }

  /** All names, in the order of the declaration. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Strategy::label).toList();
  }
}
