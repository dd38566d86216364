package dev.serai.adapters.dialects.translation;

import dev.serai.core.dialect.Destination;
import java.util.HashSet;
import java.util.Set;

/**
 * A way in which a provider departs from its dialect. Set in its settings. Implementations are
 * enums, so immutable.
 */
public interface QuirkFlag {
  /** The name in settings. */
  String flag();

  /** Whether the provider of this attempt has it. */
  default boolean of(Destination destination) {
    return destination.hasQuirk(flag());
  }

  /** The names of all of these. */
  static Set<String> flags(QuirkFlag... quirks) {
    Set<String> flags = new HashSet<>();
    for (QuirkFlag quirk : quirks) {
      flags.add(quirk.flag());
    }
    return Set.copyOf(flags);
  }
}
