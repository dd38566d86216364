package dev.serai.core.dialect;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.Headers;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.model.ModelParameters;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Translates between core types and the wire format of a provider. No I/O, no clock; only stream
 * decoders have state. Thread-safe; stream decoders are not.
 */
public interface Dialect {
  /** "openai", "anthropic", "ollama". */
  String name();

  /**
   * The quirk flags this dialect knows. A provider with any other flag is refused when it is
   * configured, and the message has this list.
   */
  default Set<String> quirks() {
    return Set.of();
  }

  /**
   * The quirk flags that every provider of this dialect has, in addition to the configured ones.
   */
  default Set<String> impliedQuirks() {
    return Set.of();
  }

  /** Whether a provider may be configured with this quirk flag. */
  default boolean supportsQuirk(String quirk) {
    return quirks().contains(quirk);
  }

  /**
   * Header fields of clients, in lower case, that mean something to providers of this dialect and
   * are forwarded to them.
   */
  default List<String> clientHeaders() {
    return List.of();
  }

  /**
   * Header fields of clients, in lower case, that {@link #writeRequest(ChatRequest, Destination,
   * Headers)} writes itself, mostly into the body, or reports as dropped.
   */
  default List<String> headersInBody() {
    return List.of();
  }

  /**
   * The base URL that the paths of this dialect are appended to. The configured one may have the
   * form that another client of the provider expects.
   */
  default String baseUrl(String configured) {
    return configured;
  }

  /**
   * The name of a model that a client may write in several ways. Limits, budgets and prices know
   * the model by this one.
   */
  default String modelName(String written) {
    return written;
  }

  /**
   * The dialect for this attempt. A provider may speak two: the one that expresses the request best
   * is chosen and used for the whole attempt.
   */
  default Dialect choose(ChatRequest request, Destination destination) {
    return this;
  }

  /**
   * Whether the bytes of request and reply can be forwarded unchanged, except for what routing and
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
   * Writes the request for one attempt of a client that sent these header fields.
   *
   * @throws GatewayProblem if the request cannot be put into this dialect at all
   */
  default ProviderRequest writeRequest(
      ChatRequest request, Destination destination, Headers client) {
    return writeRequest(request, destination);
  }

  /**
   * Writes the parameters of a model over a chat request of this dialect, under its names. A
   * parameter that it has no name for is left out.
   *
   * @param written by {@link #writeRequest(ChatRequest, Destination, Headers)}
   */
  default ProviderRequest withParameters(
      ProviderRequest written, ModelParameters parameters, Destination destination) {
    return written;
  }

  /**
   * Reads a successful non-streaming reply.
   *
   * @param request whose reply it is
   * @throws ProviderProblem MALFORMED if it is not one
   */
  ChatResponse readResponse(ChatRequest request, byte[] body, Destination destination);

  /**
   * Reads only the usage from a successful non-streaming reply that is forwarded unchanged.
   *
   * @throws ProviderProblem MALFORMED if it is not one
   */
  Optional<Usage> readUsage(byte[] body, Destination destination);

  /** Reads a reply whose status is not 2xx. */
  ProviderProblem readError(int status, Headers headers, byte[] body, Destination destination);

  /**
   * Starts reading a streamed reply.
   *
   * @param relay whether the caller speaks this dialect: then its bytes are forwarded as {@link
   *     ChatEvent.Relayed}, else every event is decoded
   */
  ChatStreamDecoder streamReader(ChatRequest request, Destination destination, boolean relay);

  /**
   * The requests of this dialect that are forwarded without translation; empty if there are none.
   */
  default Optional<RelayDialect> relay() {
    return Optional.empty();
  }

  /** The embeddings of this dialect; empty if it has none. */
  default Optional<EmbeddingDialect> embeddings() {
    return Optional.empty();
  }

  /**
   * Where the models of a provider are listed, if not at its base URL.
   *
   * @param baseUrl where it is
   */
  default Optional<String> modelsUrl(String baseUrl) {
    return Optional.empty();
  }

  /** Queries the models of a provider; empty if it does not list them. */
  default Optional<ModelQuery> modelQuery(Destination destination) {
    return Optional.empty();
  }
}
