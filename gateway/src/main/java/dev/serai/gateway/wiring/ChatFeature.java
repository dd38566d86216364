package dev.serai.gateway.wiring;

import dev.serai.core.limit.Limit;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.TokenEstimator;
import dev.serai.core.surface.Surfaces;
import dev.serai.processors.routing.ModelResolver;
import dev.serai.processors.routing.PlanAttempts;
import dev.serai.processors.tokens.CountTokens;
import dev.serai.processors.tokens.EstimateTokens;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Plans the attempts of a chat call and counts its tokens. */
final class ChatFeature implements Feature {
  private final SharedParts shared;
  private final Surfaces surfaces;
  private final TokenEstimator tokens;
  private final Limit limit;
  private final ModelResolver models;

  /**
   * How tokens are counted.
   *
   * @param limit of requests, which a count counts against
   */
  record Counting(TokenEstimator tokens, Limit limit) {}

  ChatFeature(SharedParts shared, Surfaces surfaces, ModelCatalogue catalogue, Counting counting) {
    this.shared = shared;
    this.surfaces = surfaces;
    this.tokens = counting.tokens;
    this.limit = counting.limit;
    models =
        new ModelResolver(
            catalogue, shared.providers(), bound -> ThreadLocalRandom.current().nextInt(bound));
  }

  /** Resolves model names to candidates. */
  ModelResolver models() {
    return models;
  }

  @Override
  public Map<String, Object> beans() {
    return Map.of(
        "plan-attempts", new PlanAttempts(models),
        "estimate-tokens",
            new EstimateTokens(shared.dialects(), shared.providers(), tokens, shared.loops()),
        "count-tokens",
            new CountTokens(
                surfaces, new CountTokens.Parts(models, tokens, limit), shared.loops()));
  }
}
