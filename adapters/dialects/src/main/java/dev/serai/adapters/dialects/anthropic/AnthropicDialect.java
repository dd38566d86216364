package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.claude.BetaFeatures;
import dev.serai.adapters.dialects.claude.ClaudeSignatures;
import dev.serai.adapters.dialects.claude.ClaudeTraits;
import dev.serai.adapters.dialects.claude.ToolParameters;
import dev.serai.adapters.dialects.request.ParameterNames;
import dev.serai.adapters.dialects.tool.limit.ReplyToolCalls;
import dev.serai.adapters.dialects.tool.limit.TextLimit;
import dev.serai.adapters.dialects.tool.limit.VendorLimits;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.adapters.dialects.translation.JsonHeaders;
import dev.serai.adapters.dialects.translation.ModelList;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Usage;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.ModelQuery;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.ProviderRequest.ReplyKind;
import dev.serai.core.model.ModelParameters;
import dev.serai.core.net.BaseUrl;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Translates between core types and Anthropic's Messages API, version 2023-06-01
 * (docs.anthropic.com/en/api/messages): {@code POST /v1/messages} and {@code
 * /v1/messages/count_tokens}. A request of a client of the same dialect is spliced from its own
 * bytes, and the reply is forwarded unchanged. Thread-safe.
 */
public final class AnthropicDialect implements Dialect {
  private static final ParameterNames PARAMETERS =
      new ParameterNames(
          List.of(),
          List.of("temperature"),
          List.of("top_p"),
          List.of("max_tokens"),
          List.of(),
          List.of("output_config", "effort"));

  /** The name in settings and routes. */
  public static final String NAME = ClaudeSignatures.DIALECT;

  /**
   * Tool names and ids: the patterns in the errors of the API. The user: docs.anthropic.com,
   * Messages, metadata.user_id.
   */
  static final VendorLimits LIMITS =
      new VendorLimits(
              NAME,
              TextLimit.words(128),
              TextLimit.words(Integer.MAX_VALUE),
              TextLimit.length(256),
              Integer.MAX_VALUE,
              1)
          .withPropertyKeys(ToolParameters.KEYS);

  /** The member that holds the version where a cloud serves the models. */
  static final String BODY_VERSION = "anthropic_version";

  private static final String VERSION = "2023-06-01";

  /** Required to refer to uploaded files (docs.anthropic.com/en/docs/build-with-claude/files). */
  private static final String FILES_BETA = "files-api-2025-04-14";

  /** Required to have thinking left out whose beginning has changed ("Preserved thinking"). */
  private static final String BINDING_BETA = "thinking-binding-controls-2026-08-01";

  private final Optional<String> bodyVersion;
  private final boolean counting;

  /** Creates the dialect of Anthropic's own API. */
  public AnthropicDialect() {
    this(Optional.empty(), false);
  }

  /**
   * Creates the dialect of a cloud that serves Anthropic's models: a body has the version as {@code
   * anthropic_version} and no model, which the cloud's path names; a body that counts tokens has
   * both. The paths stay those of Anthropic's API. Of the betas, only those of Vertex AI are sent.
   *
   * @param bodyVersion such as {@code vertex-2023-10-16}
   */
  public AnthropicDialect(String bodyVersion) {
    this(Optional.of(bodyVersion), false);
  }

  private AnthropicDialect(Optional<String> bodyVersion, boolean counting) {
    this.bodyVersion = bodyVersion;
    this.counting = counting;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> quirks() {
    return ClaudeTraits.QUIRKS;
  }

  @Override
  public List<String> clientHeaders() {
    return bodyVersion.isEmpty() ? List.of(BetaFeatures.HEADER) : List.of();
  }

  @Override
  public List<String> headersInBody() {
    return bodyVersion.isEmpty() || counting ? List.of() : List.of(BetaFeatures.HEADER);
  }

  /** The token counter of a cloud rejects betas. */
  @Override
  public Dialect choose(ChatRequest request, Destination destination) {
    return request.isTokenCount() && bodyVersion.isPresent()
        ? new AnthropicDialect(bodyVersion, true)
        : this;
  }

  @Override
  public ProviderRequest writeRequest(ChatRequest request, Destination destination) {
    return writeRequest(request, destination, Headers.NONE);
  }

  @Override
  public ProviderRequest writeRequest(
      ChatRequest request, Destination destination, Headers client) {
    return request.dialect().equals(NAME)
        ? spliced(own(request), destination)
        : written(request, destination, BetaFeatures.of(client));
  }

  private static AnthropicRequest own(ChatRequest request) {
    return request instanceof AnthropicRequest own ? own : RequestReader.read(request.bytes());
  }

  private ProviderRequest written(
      ChatRequest request, Destination destination, BetaFeatures betas) {
    RequestWriter writer = new RequestWriter(request, destination, bodyVersion);
    byte[] body = writer.write();
    HeaderFields headers = headers(request.streaming(), VERSION, destination);
    if (bodyVersion.isEmpty() && writer.usesUploadedFiles()) {
      headers.add(BetaFeatures.HEADER, FILES_BETA);
    }
    if (writer.returnsBoundThinking()) {
      headers.add(BetaFeatures.HEADER, BINDING_BETA);
    }
    List<String> dropped = addToCloud(betas, writer.dropped(), headers);
    return ProviderRequest.post(
            path(destination), headers, body, ReplyKind.streaming(request.streaming()))
        .dropping(dropped);
  }

  /**
   * A cloud replies 400 to a beta that it does not know.
   *
   * @return the dropped fields, with the betas if the cloud does not take all of them
   */
  private List<String> addToCloud(BetaFeatures betas, List<String> dropped, HeaderFields headers) {
    if (headersInBody().isEmpty()) {
      return dropped;
    }
    DroppedFields unknown = new DroppedFields();
    List<String> accepted = betas.accepted(BetaFeatures.VERTEX, unknown);
    if (!accepted.isEmpty()) {
      headers.add(BetaFeatures.HEADER, String.join(",", accepted));
    }
    return Stream.concat(dropped.stream(), unknown.names().stream()).distinct().toList();
  }

  /** The client's API version and betas are forwarded with its bytes. */
  private ProviderRequest spliced(AnthropicRequest request, Destination destination) {
    RequestSplicer splicer = new RequestSplicer(request, destination, bodyVersion);
    byte[] body = splicer.write();
    AnthropicRequest.Terms terms = request.terms();
    String version = terms.version().isEmpty() ? VERSION : terms.version();
    HeaderFields headers = headers(request.streaming(), version, destination);
    if (bodyVersion.isEmpty()) {
      terms.betas().forEach(beta -> headers.add(BetaFeatures.HEADER, beta));
    }
    List<String> dropped =
        terms.counting()
            ? splicer.dropped()
            : addToCloud(BetaFeatures.of(terms.betas()), splicer.dropped(), headers);
    String path = path(destination) + (terms.counting() ? "/count_tokens" : "");
    return ProviderRequest.post(
            terms.beta() ? path + "?beta=true" : path,
            headers,
            body,
            ReplyKind.streaming(request.streaming()))
        .dropping(dropped);
  }

  private HeaderFields headers(boolean streaming, String version, Destination destination) {
    HeaderFields headers = JsonHeaders.of(streaming);
    if (bodyVersion.isEmpty()) {
      headers.add("anthropic-version", version);
    }
    destination.key().ifPresent(key -> headers.add("x-api-key", key));
    return headers;
  }

  /** The base URL may end with the version, as OpenAI's does, or without it, as Anthropic's. */
  private static String path(Destination destination) {
    String base = BaseUrl.withoutSlash(destination.provider().baseUrl().orElse("/v1"));
    return base.endsWith("/v1") ? "/messages" : "/v1/messages";
  }

  @Override
  public ProviderRequest withParameters(
      ProviderRequest written, ModelParameters parameters, Destination destination) {
    return PARAMETERS.over(written, parameters);
  }

  @Override
  public ChatResponse readResponse(ChatRequest request, byte[] body, Destination destination) {
    return ReplyToolCalls.response(
        request, LIMITS, new ResponseReader(body, request.detailSupport(), destination).read());
  }

  @Override
  public Optional<Usage> readUsage(byte[] body, Destination destination) {
    return new ResponseReader(body, DetailSupport.NONE, destination).readUsage();
  }

  @Override
  public ProviderProblem readError(
      int status, Headers headers, byte[] body, Destination destination) {
    return ErrorReader.read(status, headers, body, destination);
  }

  @Override
  public ChatStreamDecoder streamReader(
      ChatRequest request, Destination destination, boolean relay) {
    return relay
        ? new StreamRelay(destination)
        : ReplyToolCalls.stream(request, LIMITS, new StreamDecoder(request, destination));
  }

  /** Lists the models (docs.anthropic.com/en/api/models-list): a page holds up to 1,000. */
  @Override
  public Optional<ModelQuery> modelQuery(Destination destination) {
    HeaderFields headers = new HeaderFields().add("anthropic-version", VERSION);
    destination.key().ifPresent(key -> headers.add("x-api-key", key));
    String path = path(destination).replace("messages", "models") + "?limit=1000";
    return Optional.of(ModelList.query(path, headers, destination));
  }
}
