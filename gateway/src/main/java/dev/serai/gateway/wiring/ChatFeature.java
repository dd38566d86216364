package dev.serai.gateway.wiring;

import dev.serai.adapters.dialects.gemini.GeminiSurface;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.TokenEstimator;
import dev.serai.processors.chat.EstimateTokens;
import dev.serai.processors.chat.PlanAttempts;
import dev.serai.processors.gemini.CountGeminiTokens;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Plans the attempts of a chat call and counts its tokens. */
final class ChatFeature implements Feature {
  private final SharedParts shared;
  private final TokenEstimator tokens;
  private final PlanAttempts plan;

  ChatFeature(SharedParts shared, ModelCatalogue catalogue, TokenEstimator tokens) {
    this.shared = shared;
    this.tokens = tokens;
    plan =
        new PlanAttempts(
            catalogue, shared.providers(), bound -> ThreadLocalRandom.current().nextInt(bound));
  }

  /** Finds the candidates of a model name. */
  PlanAttempts plan() {
    return plan;
  }

  @Override
  public Map<String, Object> steps() {
    GeminiSurface gemini = new GeminiSurface();
    CountGeminiTokens.Wording wording =
        new CountGeminiTokens.Wording(gemini::readCount, gemini::writeCount);
    return Map.of(
        "plan-attempts", plan,
        "estimate-tokens", new EstimateTokens(shared.providers(), tokens, shared.loops()),
        "count-gemini-tokens", new CountGeminiTokens(wording, plan, tokens, shared.loops()));
  }
}
