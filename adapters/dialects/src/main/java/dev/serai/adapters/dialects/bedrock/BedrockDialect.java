package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.claude.BetaFeatures;
import dev.serai.adapters.dialects.claude.ToolParameters;
import dev.serai.adapters.dialects.request.ParameterNames;
import dev.serai.adapters.dialects.tool.limit.ReplyToolCalls;
import dev.serai.adapters.dialects.tool.limit.TextLimit;
import dev.serai.adapters.dialects.tool.limit.VendorLimits;
import dev.serai.adapters.dialects.translation.JsonHeaders;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.ModelQuery;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.http.PercentEncoding;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.ProviderRequest.ReplyKind;
import dev.serai.core.model.ModelParameters;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Translates between core types and Amazon Bedrock's Converse API ("Amazon Bedrock API reference:
 * Converse, ConverseStream"): {@code POST /model/ID/converse}, and {@code /converse-stream}, which
 * replies with AWS's event stream. A key is sent as a bearer token; a request without one has to be
 * signed afterwards. All requests and responses are translated. Thread-safe.
 */
public final class BedrockDialect implements Dialect {
  private static final ParameterNames PARAMETERS =
      new ParameterNames(
          List.of("inferenceConfig"),
          List.of("temperature"),
          List.of("topP"),
          List.of("maxTokens"),
          List.of(),
          List.of());

  private static final String NAME = "bedrock";

  /**
   * "Amazon Bedrock API reference": ToolSpecification, ToolUseBlock, InferenceConfiguration. It has
   * no place for the user.
   */
  static final VendorLimits LIMITS =
      new VendorLimits(NAME, TextLimit.words(64), TextLimit.words(64), TextLimit.NONE, 2500, 1);

  private static final VendorLimits CLAUDE = LIMITS.withPropertyKeys(ToolParameters.KEYS);

  /** ARNs that stand for an ID ("Converse", modelId). Those of application profiles do not. */
  private static final Pattern ARN_OF_ID =
      Pattern.compile("arn:[a-z-]+:bedrock:[^:]*:[^:]*:(foundation-model|inference-profile)/");

  /** https://bedrock-runtime[-fips].REGION.amazonaws.com, .api.aws, .amazonaws.com.cn. */
  private static final Pattern RUNTIME =
      Pattern.compile(
          "(https://bedrock)-runtime((?:-fips)?\\.[a-z0-9-]+\\.(?:amazonaws|api)\\..*)");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> quirks() {
    return ModelTraits.QUIRKS;
  }

  /** The ID of a model or inference profile, for its ARN too. */
  @Override
  public String modelName(String written) {
    Matcher arn = ARN_OF_ID.matcher(written);
    return arn.lookingAt() ? written.substring(arn.end()) : written;
  }

  @Override
  public List<String> headersInBody() {
    return List.of(BetaFeatures.HEADER);
  }

  @Override
  public ProviderRequest writeRequest(ChatRequest request, Destination destination) {
    return writeRequest(request, destination, Headers.NONE);
  }

  @Override
  public ProviderRequest writeRequest(
      ChatRequest request, Destination destination, Headers client) {
    RequestWriter writer = new RequestWriter(request, destination, BetaFeatures.of(client));
    byte[] body = writer.write();
    boolean streaming = request.streaming();
    HeaderFields headers = JsonHeaders.of(streaming, "application/vnd.amazon.eventstream");
    String path =
        "/model/" + encoded(destination.model()) + (streaming ? "/converse-stream" : "/converse");
    return ProviderRequest.post(
            path,
            JsonHeaders.withBearer(headers, destination),
            body,
            ReplyKind.streaming(streaming))
        .dropping(writer.dropped());
  }

  /** Encodes a model's id as one path segment, with the colons and slashes of an ARN. */
  private static String encoded(String model) {
    if (model.equals(".") || model.equals("..")) {
      throw CallerProblem.unknownModel(model);
    }
    return PercentEncoding.encode(model, "");
  }

  /**
   * The control plane of an AWS runtime endpoint ("Amazon Bedrock endpoints and quotas"). It is not
   * known for any other address.
   */
  @Override
  public Optional<String> modelsUrl(String baseUrl) {
    Matcher runtime = RUNTIME.matcher(baseUrl);
    return runtime.matches() ? Optional.of(runtime.group(1) + runtime.group(2)) : Optional.empty();
  }

  @Override
  public Optional<ModelQuery> modelQuery(Destination destination) {
    return destination.provider().modelsUrl().isEmpty()
        ? Optional.empty()
        : Optional.of(new FoundationModelQuery(destination));
  }

  @Override
  public ProviderRequest withParameters(
      ProviderRequest written, ModelParameters parameters, Destination destination) {
    return PARAMETERS.over(written, parameters);
  }

  /** The limits of a model. */
  static VendorLimits limits(Destination destination) {
    return ModelTraits.of(destination).claude() ? CLAUDE : LIMITS;
  }

  @Override
  public ChatResponse readResponse(ChatRequest request, byte[] body, Destination destination) {
    return ReplyToolCalls.response(
        request,
        limits(destination),
        new ResponseReader(body, Optional.of(request), destination).read());
  }

  @Override
  public Optional<Usage> readUsage(byte[] body, Destination destination) {
    return new ResponseReader(body, Optional.empty(), destination).readUsage();
  }

  @Override
  public ProviderProblem readError(
      int status, Headers headers, byte[] body, Destination destination) {
    return ErrorReader.read(status, headers, body, destination);
  }

  /** Always a decoder: no surface speaks this dialect, so that no stream is forwarded unchanged. */
  @Override
  public ChatStreamDecoder streamReader(
      ChatRequest request, Destination destination, boolean relay) {
    return ReplyToolCalls.stream(
        request, limits(destination), new StreamDecoder(request, destination));
  }
}
