package dev.serai.core.fanout;

import java.util.List;
import java.util.Optional;

/** Compares and merges the JSON of responses. Thread-safe. */
public interface JsonComparison {
  /**
   * The form of a JSON object or array, equal for equal values; empty for another text.
   *
   * @param text also one with white space around it
   */
  Optional<String> form(String text);

  /**
   * Merges JSON objects, member by member. A member that has less than or exactly half of the
   * weight is left out. Its value is the one with the most weight, the first of equals; objects are
   * merged themselves.
   *
   * @param objects of which {@link #form} is not empty, one at least
   * @param weights of the objects, above zero
   */
  Merged merge(List<String> objects, List<Integer> weights);

  /**
   * What was made of several objects.
   *
   * @param agreement the mean share of the weight that agrees with what was decided, over all
   *     members, from 0 to 1
   */
  record Merged(String json, double agreement) {}
}
