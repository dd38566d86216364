package dev.serai.adapters.dialects.vertex;

import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.EmbeddingDialect;
import dev.serai.core.dialect.ModelQuery;
import dev.serai.core.http.Headers;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.model.ModelParameters;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Google's Vertex AI: Gemini and Claude models under one base URL, which names a project and a
 * location ({@code https://HOST/v1/projects/PROJECT/locations/LOCATION}). Each model is called in
 * the dialect of its publisher, with Vertex AI's path. Thread-safe.
 */
public final class VertexDialect implements Dialect {
  /** The name in settings and routes. */
  public static final String NAME = "vertex";

  private static final String PROJECTS = "/projects/";
  private static final String LOCATIONS = "/locations/";
  private static final String PUBLISHERS = "/publishers";
  private static final String LISTING_VERSION = "/v1beta1";

  /** Vertex AI rejects the ids of calls, which Gemini's own API accepts. */
  private static final Set<String> IMPLIED = Set.of("no-call-ids");

  private final Dialect google;
  private final Dialect anthropic;
  private final Set<String> quirks;
  private final Optional<EmbeddingDialect> embeddings = Optional.of(new VertexEmbeddings());

  /**
   * @param gemini the dialect of Gemini
   * @param anthropic the dialect of Anthropic's models on Vertex AI
   */
  public VertexDialect(Dialect gemini, Dialect anthropic) {
    this.google = new GoogleModels(gemini);
    this.anthropic = new AnthropicModels(anthropic, gemini);
    Set<String> both = new TreeSet<>(gemini.quirks());
    both.addAll(anthropic.quirks());
    this.quirks = Set.copyOf(both);
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Those of both publishers. */
  @Override
  public Set<String> quirks() {
    return quirks;
  }

  @Override
  public Set<String> impliedQuirks() {
    return IMPLIED;
  }

  /** Without the publisher, which the model determines. */
  @Override
  public String baseUrl(String configured) {
    int publishers = configured.indexOf(PUBLISHERS);
    String base = publishers < 0 ? configured : configured.substring(0, publishers);
    if (!base.contains(PROJECTS) || !base.contains(LOCATIONS)) {
      throw new IllegalArgumentException(
          "the base URL of Vertex AI must end with /v1/projects/PROJECT/locations/LOCATION");
    }
    return base;
  }

  @Override
  public String modelName(String written) {
    return ModelResource.shortest(written);
  }

  @Override
  public Dialect choose(ChatRequest request, Destination destination) {
    return publisherDialect(destination).choose(request, destination);
  }

  private Dialect publisherDialect(Destination destination) {
    return ModelResource.isAnthropic(destination.model()) ? anthropic : google;
  }

  @Override
  public boolean canRelay(ChatRequest request, Destination destination) {
    return publisherDialect(destination).canRelay(request, destination);
  }

  @Override
  public ProviderRequest writeRequest(ChatRequest request, Destination destination) {
    return publisherDialect(destination).writeRequest(request, destination);
  }

  @Override
  public ProviderRequest writeRequest(
      ChatRequest request, Destination destination, Headers client) {
    return publisherDialect(destination).writeRequest(request, destination, client);
  }

  @Override
  public ProviderRequest withParameters(
      ProviderRequest written, ModelParameters parameters, Destination destination) {
    return publisherDialect(destination).withParameters(written, parameters, destination);
  }

  @Override
  public ChatResponse readResponse(ChatRequest request, byte[] body, Destination destination) {
    return publisherDialect(destination).readResponse(request, body, destination);
  }

  @Override
  public Optional<Usage> readUsage(byte[] body, Destination destination) {
    return publisherDialect(destination).readUsage(body, destination);
  }

  @Override
  public ProviderProblem readError(
      int status, Headers headers, byte[] body, Destination destination) {
    return publisherDialect(destination).readError(status, headers, body, destination);
  }

  @Override
  public ChatStreamDecoder streamReader(
      ChatRequest request, Destination destination, boolean relay) {
    return publisherDialect(destination).streamReader(request, destination, relay);
  }

  @Override
  public Optional<EmbeddingDialect> embeddings() {
    return embeddings;
  }

  /** Publishers and their models are listed by another version, outside of projects. */
  @Override
  public Optional<String> modelsUrl(String baseUrl) {
    int projects = baseUrl.indexOf(PROJECTS);
    int version = projects < 0 ? -1 : baseUrl.lastIndexOf("/v1", projects);
    return version < 0
        ? Optional.empty()
        : Optional.of(baseUrl.substring(0, version) + LISTING_VERSION);
  }

  @Override
  public Optional<ModelQuery> modelQuery(Destination destination) {
    return Optional.of(new ModelListQuery(destination));
  }
}
