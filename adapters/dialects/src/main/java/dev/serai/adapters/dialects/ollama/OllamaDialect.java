package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.request.ParameterNames;
import dev.serai.adapters.dialects.tool.limit.ReplyToolCalls;
import dev.serai.adapters.dialects.tool.limit.TextLimit;
import dev.serai.adapters.dialects.tool.limit.VendorLimits;
import dev.serai.adapters.dialects.translation.JsonHeaders;
import dev.serai.adapters.dialects.translation.ModelList;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Usage;
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

/**
 * Ollama's native chat API (docs.ollama.com/api/chat): {@code POST /api/chat}, streams as one JSON
 * object a line. A request of Ollama's own surface is forwarded unchanged except for the model's
 * name. Thread-safe.
 */
public final class OllamaDialect implements Dialect {
  private static final ParameterNames PARAMETERS =
      new ParameterNames(
          List.of("options"),
          List.of("temperature"),
          List.of("top_p"),
          List.of("num_predict"),
          List.of("seed"),
          List.of("think"));

  /** The name in settings and routes. */
  static final String NAME = "ollama";

  /** Ollama has none, but looks up the name of a result's tool by the id of its call. */
  static final VendorLimits LIMITS =
      new VendorLimits(NAME, TextLimit.NONE, TextLimit.NONE, TextLimit.NONE, Integer.MAX_VALUE, 1);

  private static final String PATH = "/api/chat";
  private static final Optional<EmbeddingDialect> EMBEDDINGS = Optional.of(new OllamaEmbeddings());

  @Override
  public String name() {
    return NAME;
  }

  /** Without /v1 or /api at its end: the first is OpenAI's API, the second is in our path. */
  @Override
  public String baseUrl(String configured) {
    String base = BaseUrl.withoutSlash(configured);
    if (base.endsWith("/v1")) {
      return base.substring(0, base.length() - 3);
    }
    return base.endsWith("/api") ? base.substring(0, base.length() - 4) : base;
  }

  @Override
  public boolean canRelay(ChatRequest request, Destination destination) {
    return request instanceof OllamaRequest;
  }

  @Override
  public ProviderRequest writeRequest(ChatRequest request, Destination destination) {
    if (request instanceof OllamaRequest own) {
      byte[] bytes = RequestSplicer.splice(own, destination.model());
      String path = own.form().path();
      return ProviderRequest.post(
          path, headers(own, destination), bytes, ReplyKind.streaming(own.streaming()));
    }
    RequestWriter writer = new RequestWriter(request, destination);
    byte[] body = writer.write();
    HeaderFields headers = headers(request, destination);
    return ProviderRequest.post(PATH, headers, body, ReplyKind.streaming(request.streaming()))
        .dropping(writer.dropped());
  }

  private static HeaderFields headers(ChatRequest request, Destination destination) {
    HeaderFields headers = JsonHeaders.of(request.streaming(), "application/x-ndjson");
    return JsonHeaders.withBearer(headers, destination);
  }

  @Override
  public ProviderRequest withParameters(
      ProviderRequest written, ModelParameters parameters, Destination destination) {
    return PARAMETERS.over(written, parameters);
  }

  @Override
  public ChatResponse readResponse(ChatRequest request, byte[] body, Destination destination) {
    return ReplyToolCalls.response(
        request, LIMITS, ResponseReader.read(body, request.detailSupport(), destination));
  }

  @Override
  public Optional<Usage> readUsage(byte[] body, Destination destination) {
    return UsageReader.read(body, destination);
  }

  @Override
  public ProviderProblem readError(
      int status, Headers headers, byte[] body, Destination destination) {
    return ErrorReader.read(status, headers, body, destination);
  }

  @Override
  public Optional<EmbeddingDialect> embeddings() {
    return EMBEDDINGS;
  }

  @Override
  public ChatStreamDecoder streamReader(
      ChatRequest request, Destination destination, boolean relay) {
    return relay
        ? new StreamRelay(destination)
        : ReplyToolCalls.stream(
            request, LIMITS, new StreamDecoder(destination, request.detailSupport()));
  }

  /** The name without {@code :latest}, the tag that Ollama adds to names without one. */
  @Override
  public String modelName(String written) {
    return OllamaRequest.plain(written);
  }

  @Override
  public Optional<ModelQuery> modelQuery(Destination destination) {
    HeaderFields headers = JsonHeaders.withBearer(new HeaderFields(), destination);
    return Optional.of(new TagQuery(ModelList.query("/api/tags", headers, destination)));
  }
}
