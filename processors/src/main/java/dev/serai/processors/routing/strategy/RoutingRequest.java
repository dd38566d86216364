package dev.serai.processors.routing.strategy;

import dev.serai.core.call.Call;
import dev.serai.core.features.RequestFeatures;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.request.ModelRequest;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.PolicyFeatures;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.core.usage.RoughTokens;
import dev.serai.processors.routing.strategy.CacheAffinity.Pin;
import java.util.Optional;

/**
 * What the choice of a model knows of a call.
 *
 * @param model the name that is planned: the one that the request asks for, or that a budget leads
 *     to
 * @param tenant of the caller
 * @param taskType the kind of work, as the client says; empty if it does not
 * @param request empty if only a name is planned
 * @param pin where the beginning of its conversation is in a prompt cache
 * @param content what the request shows of itself
 */
public record RoutingRequest(
    String model,
    String tenant,
    String taskType,
    RoutingCriteria criteria,
    Optional<ModelRequest> request,
    Optional<Pin> pin,
    RequestContent content) {
  /** The length of a response whose request does not limit it, in tokens. */
  private static final long DEFAULT_OUTPUT = 300;

  /** A request whose content has not been read. */
  RoutingRequest(
      String model,
      String tenant,
      String taskType,
      RoutingCriteria criteria,
      Optional<ModelRequest> request,
      Optional<Pin> pin) {
    this(model, tenant, taskType, criteria, request, pin, new RequestContent(request));
  }

  /** The request of a call for the model that is planned. */
  public static RoutingRequest of(Call call) {
    return of(call.plannedModel(), call);
  }

  /** The request of a call that is planned for that model name. */
  static RoutingRequest of(String model, Call call) {
    return new RoutingRequest(
        model,
        call.caller().tenant(),
        call.caller().taskType(),
        call.criteria(),
        Optional.of(call.request()),
        Optional.empty());
  }

  /** A name without a request. */
  public static RoutingRequest of(String model) {
    return new RoutingRequest(
        model, "", "", RoutingCriteria.NONE, Optional.empty(), Optional.empty());
  }

  /** The same request, whose conversation is in that cache. */
  RoutingRequest at(Optional<Pin> warm) {
    return new RoutingRequest(model, tenant, taskType, criteria, request, warm, content);
  }

  /** The features of a chat request, as they are recorded; empty if there are none. */
  public Optional<PolicyFeatures> features() {
    return Bandits.features(this).map(RequestFeatures::recorded);
  }

  /** About how many tokens of the prompt a candidate has in its cache. */
  long cachedTokens(Candidate candidate) {
    return pin.filter(warm -> warm.candidate().equals(candidate))
        .map(warm -> Math.min(warm.tokens(), inputTokens()))
        .orElse(0L);
  }

  /** About how many tokens the prompt has, by its size. */
  long inputTokens() {
    return request.map(sent -> RoughTokens.of(sent.bytes().length)).orElse(0L) + 1;
  }

  /** About how many tokens the response has: at most what the request allows. */
  long outputTokens() {
    return Math.min(
        DEFAULT_OUTPUT,
        request
            .filter(ChatRequest.class::isInstance)
            .map(sent -> ((ChatRequest) sent).outputLimit().orElse(DEFAULT_OUTPUT))
            .orElse(DEFAULT_OUTPUT));
  }
}
