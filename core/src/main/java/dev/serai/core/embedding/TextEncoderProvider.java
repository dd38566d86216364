package dev.serai.core.embedding;

import java.io.IOException;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Opens a model. Implementations are found by {@link ServiceLoader}, so that a gateway need not
 * have their libraries. Thread-safe.
 */
public interface TextEncoderProvider {
  /** The name that the settings use. */
  String name();

  /**
   * Loads the model; takes a second.
   *
   * @throws IOException if the model or its library cannot be loaded on this machine
   */
  TextEncoder open() throws IOException;

  /** The one of a name, if its module is on the class path. */
  static Optional<TextEncoderProvider> find(String name) {
    return ServiceLoader.load(TextEncoderProvider.class, TextEncoderProvider.class.getClassLoader())
        .stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals(name))
        .findFirst();
  }
}
