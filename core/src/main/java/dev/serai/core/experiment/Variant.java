package dev.serai.core.experiment;

/**
 * A way to serve the calls of an experiment. Immutable.
 *
 * @param name unique in its experiment
 * @param model the name that is called: an alias, a catalogue name or {@code provider/model}
 * @param weight its share of the units, relative to those of the others; 0 for none
 * @param shadow of how many of 100 calls of the others it gets a copy, whose response is dropped
 */
public record Variant(String name, String model, int weight, int shadow) {
  /** Highest weight. */
  public static final int MAX_WEIGHT = 10_000;

  /** Highest share of copied calls, in percent. */
  public static final int MAX_SHADOW = 100;

  /** A variant without shadow calls. */
  public Variant(String name, String model, int weight) {
    this(name, model, weight, 0);
  }

  /** Whether it gets copies of calls, and no calls of its own. */
  public boolean isShadow() {
    return shadow > 0;
  }

  /** The same with another weight. */
  Variant weighing(int other) {
    return new Variant(name, model, other, shadow);
  }

  /**
   * Whether the other one has the same name and model, and gets copies if this one does: calls of
   * both may be compared. Its weight, or how many copies it gets, may be another.
   */
  boolean isLike(Variant other) {
    return name.equals(other.name) && model.equals(other.model) && isShadow() == other.isShadow();
  }
}
