package dev.serai.processors.routing.strategy;

import dev.serai.core.call.Call;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.request.ModelRequest;
import dev.serai.core.routing.RoutingCriteria;
import java.util.Optional;

/**
 * What the choice of a model knows of a call.
 *
 * @param model the name that the request asks for
 * @param tenant of the caller
 * @param request empty if only a name is planned
 */
public record RoutingRequest(
    String model, String tenant, RoutingCriteria criteria, Optional<ModelRequest> request) {
  /** The length of a response whose request does not limit it, in tokens. */
  private static final long USUAL_OUTPUT = 300;

  private static final int BYTES_PER_TOKEN = 4;

  public static RoutingRequest of(Call call) {
    return new RoutingRequest(
        call.request().model(),
        call.caller().tenant(),
        call.criteria(),
        Optional.of(call.request()));
  }

  /** A name without a request. */
  public static RoutingRequest of(String model) {
    return new RoutingRequest(model, "", RoutingCriteria.NONE, Optional.empty());
  }

  /** About how many tokens the prompt has, by its size. */
  long inputTokens() {
    return request.map(sent -> (long) sent.bytes().length / BYTES_PER_TOKEN).orElse(0L) + 1;
  }

  /** About how many tokens the response has: at most what the request allows. */
  long outputTokens() {
    return Math.min(
        USUAL_OUTPUT,
        request
            .filter(ChatRequest.class::isInstance)
            .map(sent -> ((ChatRequest) sent).outputLimit().orElse(USUAL_OUTPUT))
            .orElse(USUAL_OUTPUT));
  }
}
