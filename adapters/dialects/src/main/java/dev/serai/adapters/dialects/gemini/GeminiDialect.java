package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.request.ParameterNames;
import dev.serai.adapters.dialects.tool.limit.ReplyToolCalls;
import dev.serai.adapters.dialects.tool.limit.TextLimit;
import dev.serai.adapters.dialects.tool.limit.VendorLimits;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.adapters.dialects.translation.JsonHeaders;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Usage;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.EmbeddingDialect;
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
import java.util.function.LongSupplier;

/**
 * Gemini's native API (ai.google.dev/api/generate-content): {@code generateContent} and {@code
 * streamGenerateContent?alt=sse}, the model in the path, the key in {@code x-goog-api-key}. A
 * request of the same dialect is forwarded unchanged; {@code countTokens} too, whose body differs
 * from that of Vertex AI. Thread-safe.
 */
public final class GeminiDialect implements Dialect {
  private static final ParameterNames PARAMETERS =
      new ParameterNames(
          List.of("generationConfig", "generation_config"),
          List.of("temperature"),
          List.of("topP", "top_p"),
          List.of("maxOutputTokens", "max_output_tokens"),
          List.of("seed"),
          List.of("generationConfig", "thinkingConfig", "thinkingLevel"));

  /** The name in settings and routes. */
  public static final String NAME = "gemini";

  /**
   * ai.google.dev/api, FunctionDeclaration and GenerationConfig. Dots and colons in names, which
   * only some of Google's endpoints accept, are replaced too. It has no place for the user.
   */
  static final VendorLimits LIMITS =
      new VendorLimits(
          NAME,
          new TextLimit(1, 64, TextLimit.Characters.IDENTIFIER),
          TextLimit.NONE,
          TextLimit.NONE,
          5,
          1);

  /** The kind of its opaque state. */
  static final String SIGNATURE = "thought_signature";

  private static final String VERSION = "/v1beta";
  private static final String MODELS = "models/";
  private static final Optional<EmbeddingDialect> EMBEDDINGS = Optional.of(new GeminiEmbeddings());

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> quirks() {
    return Quirk.FLAGS;
  }

  /** With the version, and without the suffix of the OpenAI-compatible API. */
  @Override
  public String baseUrl(String configured) {
    String base = BaseUrl.withoutSlash(configured);
    if (base.endsWith("/openai")) {
      base = base.substring(0, base.length() - "/openai".length());
    }
    return hasVersion(base) ? base : base + VERSION;
  }

  /** Without the collection of the base models, which {@link ModelPath} adds. */
  @Override
  public String modelName(String written) {
    return written.startsWith(MODELS) ? written.substring(MODELS.length()) : written;
  }

  /** Whether a segment of the path is a version: v1, v1beta, v1alpha, v1beta1. */
  private static boolean hasVersion(String url) {
    for (int at = url.indexOf("/v1"); at >= 0; at = url.indexOf("/v1", at + 1)) {
      int end = url.indexOf('/', at + 1);
      String rest = url.substring(at + 3, end < 0 ? url.length() : end);
      if (rest.isEmpty() || rest.startsWith("beta") || rest.startsWith("alpha")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public ProviderRequest writeRequest(ChatRequest request, Destination destination) {
    byte[] body;
    List<String> dropped;
    if (request.dialect().equals(NAME)) {
      DroppedFields left = new DroppedFields();
      body = RequestSplicer.splice(request, destination, left);
      dropped = left.names();
    } else {
      RequestWriter writer = new RequestWriter(request, destination);
      body = writer.write();
      dropped = writer.dropped();
    }
    boolean counting = request.isTokenCount();
    if (counting) {
      body = TokenCountBody.write(body, destination);
    }
    boolean streaming = request.streaming();
    HeaderFields headers = JsonHeaders.of(streaming);
    destination.key().ifPresent(key -> headers.add("x-goog-api-key", key));
    String content = streaming ? ":streamGenerateContent?alt=sse" : ":generateContent";
    String path = ModelPath.of(destination.model()) + (counting ? ":countTokens" : content);
    return ProviderRequest.post(path, headers, body, ReplyKind.streaming(streaming))
        .dropping(dropped);
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
    return ErrorReader.of(body).problem(status, headers, destination);
  }

  @Override
  public Optional<EmbeddingDialect> embeddings() {
    return EMBEDDINGS;
  }

  @Override
  public Optional<ModelQuery> modelQuery(Destination destination) {
    return Optional.of(new ModelListQuery(destination));
  }

  @Override
  public ChatStreamDecoder streamReader(
      ChatRequest request, Destination destination, boolean relay) {
    if (!relay) {
      return ReplyToolCalls.stream(
          request,
          LIMITS,
          new StreamDecoder(
              destination,
              request.detailSupport(),
              () -> GenerationConfigWriter.candidates(request.bounds().choices())));
    }
    LongSupplier wanted =
        () -> request instanceof GeminiRequest own ? own.candidates() : request.bounds().choices();
    return request instanceof GeminiRequest own && own.array()
        ? new StreamArrayRelay(destination, wanted)
        : new StreamRelay(destination, wanted);
  }
}
