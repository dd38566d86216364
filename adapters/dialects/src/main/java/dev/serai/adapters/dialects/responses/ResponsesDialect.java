package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.openaiapi.ErrorReader;
import dev.serai.adapters.dialects.openaiapi.ModelTraits;
import dev.serai.adapters.dialects.openaiapi.RequestHeaders;
import dev.serai.adapters.dialects.request.ParameterNames;
import dev.serai.adapters.dialects.tool.limit.ReplyToolCalls;
import dev.serai.adapters.dialects.tool.limit.TextLimit;
import dev.serai.adapters.dialects.tool.limit.VendorLimits;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.Headers;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.ProviderRequest.ReplyKind;
import dev.serai.core.model.ModelParameters;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.Optional;

/**
 * Translates between core types and OpenAI's Responses API. For a client of the same dialect
 * nothing is translated: its request is spliced and the response is forwarded unchanged. Clients of
 * other dialects carry the opaque state of reasoning themselves, so the provider is asked to store
 * nothing. State that is forwarded unchanged does not name its provider: {@link ReasoningOrigins}
 * remembers it. Thread-safe.
 */
public final class ResponsesDialect implements Dialect {
  private static final ParameterNames PARAMETERS =
      new ParameterNames(
          List.of(),
          List.of("temperature"),
          List.of("top_p"),
          List.of("max_output_tokens"),
          List.of(),
          List.of("reasoning", "effort"));

  /** The name; providers are configured as {@code openai} with a quirk. */
  public static final String NAME = "responses";

  /** The limits in the reference of the API (functions) and in its errors (the others). */
  static final VendorLimits LIMITS =
      new VendorLimits(
          NAME,
          TextLimit.words(64),
          TextLimit.length(64),
          TextLimit.length(64),
          Integer.MAX_VALUE,
          16);

  private static final String PATH = "/responses";

  private final ReasoningOrigins origins = new ReasoningOrigins();

  /** The limits of a model. */
  static VendorLimits limits(Destination destination) {
    return LIMITS.withCustomTools(new ModelTraits(destination.model()).takesCustomTools());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> clientHeaders() {
    return RequestHeaders.OF_CLIENTS;
  }

  @Override
  public ProviderRequest writeRequest(ChatRequest request, Destination destination) {
    byte[] body;
    List<String> dropped;
    if (request instanceof ResponsesRequest own) {
      own.progress().beginAttempt(destination.provider().name());
      RequestSplicer passed = new RequestSplicer(own, destination, origins);
      body = passed.write();
      dropped = passed.dropped();
    } else {
      RequestWriter renderer = new RequestWriter(request, destination);
      body = renderer.write();
      dropped = renderer.dropped();
    }
    boolean streaming = request.streaming();
    return ProviderRequest.post(
            PATH, RequestHeaders.of(destination, streaming), body, ReplyKind.streaming(streaming))
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
        request, LIMITS, ResponseReader.read(body, request.detailSupport(), destination));
  }

  @Override
  public Optional<Usage> readUsage(byte[] body, Destination destination) {
    ResponseSummary summary = ResponseSummary.of(body, destination);
    summary.recordOrigins(origins, destination);
    return summary.usage();
  }

  @Override
  public ProviderProblem readError(
      int status, Headers headers, byte[] body, Destination destination) {
    return ErrorReader.read(status, headers, body, destination);
  }

  @Override
  public ChatStreamDecoder streamReader(
      ChatRequest request, Destination destination, boolean relay) {
    return relay && request instanceof ResponsesRequest own
        ? new StreamRelay(own.progress(), destination, origins)
        : ReplyToolCalls.stream(
            request, LIMITS, new StreamDecoder(destination, request.detailSupport()));
  }
}
