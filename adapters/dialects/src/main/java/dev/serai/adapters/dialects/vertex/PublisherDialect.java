package dev.serai.adapters.dialects.vertex;

import dev.serai.adapters.dialects.translation.JsonHeaders;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.Headers;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.model.ModelParameters;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The dialect of the models of one publisher: that of the publisher's own API, with Vertex AI's
 * path, and the key of the provider as an access token. What does not depend on the publisher is
 * {@link VertexDialect}'s: base URL, lists of models, embeddings. Thread-safe.
 */
abstract class PublisherDialect implements Dialect {
  private final Dialect models;

  /**
   * @param models what the publisher's models speak
   */
  PublisherDialect(Dialect models) {
    this.models = models;
  }

  /** The path of a request below the project and the location. */
  abstract String path(ProviderRequest written, Destination destination);

  @Override
  public String name() {
    return models.name();
  }

  @Override
  public Set<String> quirks() {
    return models.quirks();
  }

  @Override
  public Set<String> impliedQuirks() {
    return models.impliedQuirks();
  }

  @Override
  public boolean supportsQuirk(String quirk) {
    return models.supportsQuirk(quirk);
  }

  @Override
  public List<String> headersInBody() {
    return models.headersInBody();
  }

  @Override
  public List<String> clientHeaders() {
    return models.clientHeaders();
  }

  @Override
  public boolean canRelay(ChatRequest request, Destination destination) {
    return models.canRelay(request, destination);
  }

  @Override
  public ProviderRequest writeRequest(ChatRequest request, Destination destination) {
    return sent(models.writeRequest(request, withoutKey(destination)), destination);
  }

  @Override
  public ProviderRequest writeRequest(
      ChatRequest request, Destination destination, Headers client) {
    return sent(models.writeRequest(request, withoutKey(destination), client), destination);
  }

  /** The key of a provider, if it has one, is an access token; without one a signer adds it. */
  private ProviderRequest sent(ProviderRequest written, Destination destination) {
    JsonHeaders.withBearer(written.headers(), destination);
    return written.withPath(path(written, destination));
  }

  private static Destination withoutKey(Destination destination) {
    return destination.key().isEmpty()
        ? destination
        : new Destination(destination.provider(), destination.model(), Optional.empty());
  }

  @Override
  public ProviderRequest withParameters(
      ProviderRequest written, ModelParameters parameters, Destination destination) {
    return models.withParameters(written, parameters, destination);
  }

  @Override
  public ChatResponse readResponse(ChatRequest request, byte[] body, Destination destination) {
    return models.readResponse(request, body, destination);
  }

  @Override
  public Optional<Usage> readUsage(byte[] body, Destination destination) {
    return models.readUsage(body, destination);
  }

  @Override
  public ProviderProblem readError(
      int status, Headers headers, byte[] body, Destination destination) {
    return models.readError(status, headers, body, destination);
  }

  @Override
  public ChatStreamDecoder streamReader(
      ChatRequest request, Destination destination, boolean relay) {
    return models.streamReader(request, destination, relay);
  }
}
