package dev.serai.config;

import java.util.List;
import java.util.Optional;

/**
 * Default model, default provider and fallback providers.
 *
 * @param defaultModel the model of requests that may omit it: a name, or provider/name
 * @param defaultProvider tried first among the providers that offer a model
 * @param fallbackProviders tried next, in this order, when a provider fails
 * @param routingStrategy accepted for llm.toml and without effect: providers are always tried by
 *     their priority
 * @param enableStreaming must be true: streaming cannot be switched off
 * @param enableLogging false has the same effect as the log level off
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

  /**
   * @throws IllegalArgumentException if streaming is disabled, which is not possible
   */
  public GeneralSettings {
    fallbackProviders = List.copyOf(fallbackProviders);
    if (!enableStreaming) {
      throw new IllegalArgumentException(
          "enableStreaming must be true: streaming cannot be switched off");
    }
  }

  /** No default model, no default provider, no fallback providers. */
  public static GeneralSettings defaults() {
    return new GeneralSettings(
        Optional.empty(), Optional.empty(), List.of(), RoutingStrategy.PRIORITY, true, true);
  }
}
