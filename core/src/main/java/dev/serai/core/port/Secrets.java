package dev.serai.core.port;

import java.util.Optional;

/** Where keys come from. Routes name a secret; only the network hop ever reads one. Thread-safe. */
@FunctionalInterface
public interface Secrets {
  /** The secret of that name: an environment variable, or one that the settings define. */
  Optional<String> find(String name);
}
