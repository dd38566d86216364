package dev.serai.adapters.dialects.translation;

import dev.serai.core.dialect.Destination;
import java.util.HashSet;
import java.util.Set;

/** Something that a provider can or cannot, unlike others of its dialect. Told in its settings. */
public interface QuirkFlag {
  /** As it is written in settings. */
  String flag();

  /** Whether it is so with the provider of this attempt. */
  default boolean of(Destination destination) {
    return destination.hasQuirk(flag());
  }

  /** How all of these are written in settings. */
  static Set<String> flags(QuirkFlag... quirks) {
    Set<String> flags = new HashSet<>();
    for (QuirkFlag quirk : quirks) {
      flags.add(quirk.flag());
    }
    return Set.copyOf(flags);
  }
}
