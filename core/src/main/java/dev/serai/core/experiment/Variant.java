package dev.serai.core.experiment;

/**
 * A way to serve the calls of an experiment. Immutable.
 *
 * @param name unique in its experiment
 * @param model the name that is called: an alias, a catalogue name or {@code provider/model}
 * @param weight its share of the units, relative to those of the others; 0 for none
 */
public record Variant(String name, String model, int weight) {
  /** Highest weight. */
  public static final int MAX_WEIGHT = 10_000;

  /** The same with another weight. */
  Variant weighing(int other) {
    return new Variant(name, model, other);
  }

  /** Whether the other one differs in nothing but the weight. */
  boolean isLike(Variant other) {
    return name.equals(other.name) && model.equals(other.model);
  }
}
