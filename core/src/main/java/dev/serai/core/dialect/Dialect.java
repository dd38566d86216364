package dev.serai.core.dialect;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.Headers;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import java.util.Optional;
import java.util.Set;

/**
 * What a provider speaks. Pure translation: no I/O, no clock, no state but a stream reader's own.
 * Thread-safe; stream readers are not.
 */
public interface Dialect {
  /** "openai", "anthropic", "ollama". */
  String name();

  /**
   * The quirk flags this dialect knows. A provider configured with any other is to be refused when
   * it is configured, with this list in the message.
   */
  default Set<String> quirks() {
    return Set.of();
  }

  /** Whether a provider may be configured with this quirk flag. */
  default boolean supportsQuirk(String quirk) {
    return quirks().contains(quirk);
  }

  /**
   * The base URL that this dialect's paths are appended to, made of the one that was configured:
   * people write it as some other client of the provider wants it.
   */
  default String baseUrl(String configured) {
    return configured;
  }

  /**
   * The dialect to ask {@code target} in. A provider may have two of them: the one that says this
   * request best is chosen, and asked everything else about the attempt.
   */
  default Dialect choose(ChatRequest request, Destination destination) {
    return this;
  }

  /**
   * Whether the caller's bytes and the answer's can pass unchanged, save what routing and
   * accounting need.
   */
  default boolean canRelay(ChatRequest request, Destination destination) {
    return request.dialect().equals(name());
  }

  /**
   * Writes the request for one attempt, always from the caller's own bytes.
   *
   * @throws GatewayProblem if the request cannot be put into this dialect at all
   */
  ProviderRequest writeRequest(ChatRequest request, Destination destination);

  /**
   * Reads a whole successful answer.
   *
   * @throws ProviderProblem GARBLED if it is not one
   */
  ChatResponse readResponse(byte[] body, Destination destination);

  /**
   * Reads only what accounting needs from a whole successful answer that is handed on as it is.
   *
   * @throws ProviderProblem GARBLED if it is not an answer
   */
  Optional<Usage> readUsage(byte[] body, Destination destination);

  /** Reads an answer whose status is not 2xx. */
  ProviderProblem readError(int status, Headers headers, byte[] body, Destination destination);

  /**
   * Starts reading a streamed answer.
   *
   * @param relay whether the caller speaks this dialect: then its bytes are handed on as {@link
   *     ChatEvent.Relayed}, else every event is decoded
   */
  StreamReader streamReader(ChatRequest request, Destination destination, boolean relay);

  /** How it hands on what is not translated; empty if nothing of that kind is its own. */
  default Optional<RelayDialect> relay() {
    return Optional.empty();
  }

  /** How it embeds; empty if it knows no vectors. */
  default Optional<EmbeddingDialect> embeddings() {
    return Optional.empty();
  }

  /**
   * Where a provider is asked which models it has, if that is not at its base URL.
   *
   * @param baseUrl where it is
   */
  default Optional<String> modelsUrl(String baseUrl) {
    return Optional.empty();
  }

  /** Asks a provider which models it has; empty if it cannot be asked. */
  default Optional<ModelQuery> modelQuery(Destination destination) {
    return Optional.empty();
  }
}
