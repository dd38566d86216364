package dev.serai.core.provider;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where keys come from. Routes name a secret; only the step that writes a provider request reads
 * one. Thread-safe.
 */
@FunctionalInterface
public interface Secrets {
  /** The secret of that name: an environment variable, or one that the settings define. */
  Optional<String> find(String name);

  /** All of that name, in their order, where a provider has several; {@link #find} is the first. */
  default List<String> all(String name) {
    return find(name).map(List::of).orElse(List.of());
  }

  /** The whole value of that name, where a comma does not separate keys: JSON, or a path. */
  default Optional<String> text(String name) {
    return find(name);
  }

  /** Names that have a secret, as far as they are known: for hints about misspelt names. */
  default Set<String> names() {
    return Set.of();
  }
}
