package dev.serai.gateway;

import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.adapters.dialects.gemini.GeminiSurface;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.model.TokenEstimator;
import dev.serai.core.surface.Surface;
import dev.serai.processors.chat.PlanAttempts;
import dev.serai.processors.gemini.CountGeminiTokens;
import dev.serai.processors.support.EventLoops;
import java.util.Map;

/** GeminiDialect's dialect, its surface and their steps, by the names that routes use. */
final class GeminiBeans {
  private final Dialect dialect = new GeminiDialect();
  private final GeminiSurface surface = new GeminiSurface();

  Dialect dialect() {
    return dialect;
  }

  Surface surface() {
    return surface;
  }

  /** What its clients ask for beside chat. */
  Map<String, Object> steps(PlanAttempts names, TokenEstimator estimator, EventLoops loops) {
    CountGeminiTokens.Wording wording =
        new CountGeminiTokens.Wording(surface::readCount, surface::writeCount);
    return Map.of("count-gemini-tokens", new CountGeminiTokens(wording, names, estimator, loops));
  }
}
