package dev.serai.core.routing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /** What LiteLLM, Portkey, Bifrost and proxies call them. */
  private static final Map<String, Strategy> OTHERS =
      Map.ofEntries(
          Map.entry("simple-shuffle", PRIORITY),
          Map.entry("weighted", PRIORITY),
          Map.entry("random", PRIORITY),
          Map.entry("fallback", PRIORITY),
          Map.entry("failover", PRIORITY),
          Map.entry("weighted-round-robin", ROUND_ROBIN),
          Map.entry("cost-based-routing", COST_AWARE),
          Map.entry("lowest-cost", COST_AWARE),
          Map.entry("cheapest", COST_AWARE),
          Map.entry("least-busy", LOAD_BALANCED),
          Map.entry("least-connections", LOAD_BALANCED),
          Map.entry("least-request", LOAD_BALANCED),
          Map.entry("loadbalance", LOAD_BALANCED),
          Map.entry("usage-based-routing", LOAD_BALANCED),
          Map.entry("usage-based-routing-v2", LOAD_BALANCED),
          Map.entry("latency-based-routing", LATENCY),
          Map.entry("lowest-latency", LATENCY),
          Map.entry("fastest", LATENCY));

  private final String label = name().toLowerCase(Locale.ROOT); // calls compare it

  /** Its name in settings and requests. */
  public String label() {
    return label;
  }

  /** The strategy of that name, in any case, with {@code -} or {@code _} between its words. */
  public static Optional<Strategy> named(String name) {
    String label = name.strip().toLowerCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
  }

  /**
   * Which one to use for a strategy of other gateways, as a part of a sentence; empty if no other
   * gateway has one of that name.
   */
  public static Optional<String> ofOthers(String name) {
    String written = name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    return Optional.ofNullable(OTHERS.get(written))
        .map(strategy -> "for " + written + ", use " + strategy.label());
  }

  /** All names, in the order of the declaration. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Strategy::label).toList();
  }
}
