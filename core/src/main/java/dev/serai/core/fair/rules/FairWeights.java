package dev.serai.core.fair.rules;

import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Weights that an operator sets while the gateway runs. They count before those of the settings.
 * Immutable.
 *
 * @param tenants by name; the class of a tenant stays
 * @param sessions by name, in every tenant; a session without one has the weight 1
 */
public record FairWeights(Map<String, Integer> tenants, Map<String, Integer> sessions) {
  /** None is set. */
  public static final FairWeights NONE = new FairWeights(Map.of(), Map.of());

  /** The highest weight. */
  public static final int MAX_WEIGHT = 1000;

  /** How many tenants, and how many sessions, can have a weight. */
  public static final int MAX_ENTRIES = 1000;

  public FairWeights {
    tenants = Map.copyOf(tenants);
    sessions = Map.copyOf(sessions);
  }

  /** The same with another weight of a tenant; without one if it is empty. */
  public FairWeights tenant(String name, OptionalInt weight) {
    return new FairWeights(changed(tenants, name, weight), sessions);
  }

  /** The same with another weight of a session; without one if it is empty. */
  public FairWeights session(String name, OptionalInt weight) {
    return new FairWeights(tenants, changed(sessions, name, weight));
  }

  private static Map<String, Integer> changed(
      Map<String, Integer> weights, String name, OptionalInt weight) {
    Map<String, Integer> changed = new TreeMap<>(weights);
    changed.remove(name);
    weight.ifPresent(value -> changed.put(name, value));
    return changed;
  }

  /** The weight of a session. */
  public int session(String name) {
    return sessions.isEmpty() ? 1 : sessions.getOrDefault(name, 1);
  }
}
