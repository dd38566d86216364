package dev.serai.gateway.wiring;

import dev.serai.core.dialect.Dialect;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.TokenEstimator;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.processors.routing.ModelResolver;
import dev.serai.processors.routing.PlanAttempts;
import dev.serai.processors.tokens.EstimateTokens;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Plans the attempts of a chat call and counts its tokens. */
final class ChatFeature implements Feature {
  private final SharedParts shared;
  private final TokenEstimator tokens;
  private final ModelResolver models;

  ChatFeature(SharedParts shared, ModelCatalogue catalogue, TokenEstimator tokens) {
    this.shared = shared;
    this.tokens = tokens;
    models =
        new ModelResolver(
            catalogue,
            shared.providers(),
            this::nameAt,
            bound -> ThreadLocalRandom.current().nextInt(bound));
  }

  private String nameAt(ProviderProfile provider, String written) {
    Dialect dialect = shared.dialects().get(provider.dialect());
    return dialect == null ? written : dialect.modelName(written);
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
            new EstimateTokens(shared.dialects(), shared.providers(), tokens, shared.loops()));
  }
}
