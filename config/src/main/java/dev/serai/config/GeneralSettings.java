package dev.serai.config;

import dev.serai.core.routing.Strategy;
import java.util.List;
import java.util.Optional;

/**
 * Default model, default provider and fallback providers.
 *
 * @param defaultModel the model of {@code /api/v1/messages}, that of requests of {@code /v1/ask}
 *     that name none, if {@code routing.ask.model} is not set, and the default of {@code
 *     /api/chat/models}: a name, or provider/name. Other calls must name their model
 * @param defaultProvider tried first among the providers that offer a model
 * @param fallbackProviders tried next, in this order, when a provider fails
 * @param routingStrategy how the candidates of a call are ordered, unless its request, its tenant
 *     or its alias says otherwise
 * @param enableStreaming must be true: streaming cannot be switched off
 * @param enableLogging false has the same effect as the log level off
 */
public record GeneralSettings(
    Optional<String> defaultModel,
    Optional<String> defaultProvider,
    List<String> fallbackProviders,
    Strategy routingStrategy,
    boolean enableStreaming,
    boolean enableLogging) {

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
        Optional.empty(), Optional.empty(), List.of(), Strategy.PRIORITY, true, true);
  }
}
