package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.request.DefaultMembers;
import dev.serai.adapters.dialects.request.prompt.PromptBody;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.prompt.template.ExpandedPrompt;
import dev.serai.core.rate.RateReading;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.TokenCountSurface;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Serves clients of Anthropic's Messages API (docs.anthropic.com/en/api/messages): {@code
 * /v1/messages} and {@code /v1/messages/count_tokens}. Unknown members pass through. Thread-safe.
 */
public final class AnthropicSurface implements TokenCountSurface {
  private static final DefaultMembers DEFAULTS =
      new DefaultMembers(
          List.of(), List.of("temperature"), List.of("top_p"), List.of("max_tokens"), List.of());

  private static final String PATH = "/v1/messages";
  private static final String MODELS = "/v1/models";

  /** Where requests go whose client has a base URL that ends in /v1. */
  private static final String TWICE = "/v1/v1/";

  @Override
  public String dialect() {
    return AnthropicDialect.NAME;
  }

  @Override
  public boolean owns(String path) {
    return path.startsWith(PATH)
        && (path.length() == PATH.length() || path.charAt(PATH.length()) == '/');
  }

  /**
   * Also paths that a wrong base URL leads to. Paths that other surfaces have too count only with
   * the field {@code anthropic-version}.
   */
  @Override
  public boolean owns(String path, Headers headers) {
    boolean shared =
        path.startsWith(MODELS) || path.startsWith(TWICE) || path.equals("/v1/complete");
    return owns(path)
        || path.equals("/messages")
        || path.startsWith(PATH, path.indexOf('/', 1))
        || (shared && headers.first("anthropic-version").isPresent());
  }

  @Override
  public byte[] withDefaults(byte[] body, DefaultParameters defaults) {
    return DEFAULTS.added(body, defaults);
  }

  @Override
  public byte[] withPrompt(byte[] body, ExpandedPrompt prompt) {
    return PromptBody.changed(body, request -> PromptPlaces.put(request.model(prompt), prompt));
  }

  @Override
  public ChatRequest readRequest(InboundRequest inbound) {
    return RequestReader.read(inbound);
  }

  @Override
  public byte[] writeResponse(ChatResponse response) {
    return ResponseWriter.write(response);
  }

  @Override
  public byte[] writeTokenCount(long tokens) {
    return new JsonWriter(64)
        .beginObject()
        .member("input_tokens", tokens)
        .member("estimated", true)
        .endObject()
        .bytes();
  }

  @Override
  public int status(GatewayProblem problem) {
    return ErrorWriter.status(problem);
  }

  @Override
  public byte[] writeProblem(GatewayProblem problem) {
    return ErrorWriter.write(problem, Optional.empty());
  }

  @Override
  public byte[] writeProblem(GatewayProblem problem, String requestId) {
    return ErrorWriter.write(problem, Optional.of(requestId));
  }

  @Override
  public void addLimits(HeaderFields fields, List<RateReading> limits, Instant now) {
    LimitFields.add(fields, limits, now);
  }

  @Override
  public ChatEventWriter streamWriter(ChatRequest request) {
    return new StreamWriter();
  }

  @Override
  public String streamContentType(ChatRequest request) {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public HeaderFields headers(String requestId) {
    return new HeaderFields().add("request-id", requestId);
  }

  /** A ping event, which the API allows between any two events. */
  @Override
  public byte[] keepAlive(ChatRequest request) {
    return StreamWriter.ping();
  }
}
