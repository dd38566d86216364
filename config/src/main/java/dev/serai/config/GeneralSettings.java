package dev.serai.config;

import java.util.List;
import java.util.Optional;

/**
 * Which model and provider come first.
 *
 * @param defaultModel the model where a caller may leave it out: a name, or provider/name
 * @param defaultProvider asked first among the providers that offer a model
 * @param fallbackProviders asked next, in this order, when a provider fails
 * @param routingStrategy how a provider is chosen among those that offer a model
 * @param enableStreaming must be true: streaming cannot be switched off
 * @param enableLogging false is the same as the log level off
 */
public record GeneralSettings(
    Optional<String> defaultModel,
    Optional<String> defaultProvider,
    List<String> fallbackProviders,
    RoutingStrategy routingStrategy,
    boolean enableStreaming,
    boolean enableLogging) {

  /** How a provider is chosen. */
  public enum RoutingStrategy {
    /** The lowest priority number first. */
    PRIORITY
  }

  public GeneralSettings {
    fallbackProviders = List.copyOf(fallbackProviders);
    if (!enableStreaming) {
      throw new IllegalArgumentException(
          "enableStreaming must be true: streaming cannot be switched off");
    }
  }

  /** No preference. */
  public static GeneralSettings defaults() {
    return new GeneralSettings(
        Optional.empty(), Optional.empty(), List.of(), RoutingStrategy.PRIORITY, true, true);
  }
}
