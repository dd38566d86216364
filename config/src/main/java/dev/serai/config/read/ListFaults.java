package dev.serai.config.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Refuses entries of a list in a settings record, so that each is reported at its own line.
 * Stateless.
 */
public final class ListFaults {
  private ListFaults() {}

  /**
   * Checks every entry.
   *
   * @param component the name of the component that is the list
   * @param fault what is wrong with an entry; empty if nothing is
   * @throws IllegalArgumentException with one line for each entry that is wrong
   */
  public static void check(
      String component, List<String> entries, Function<String, Optional<String>> fault) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      String entry = component + "[" + i + "] ";
      fault.apply(entries.get(i)).ifPresent(why -> lines.add(entry + why));
    }
    if (!lines.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", lines));
    }
  }
}
