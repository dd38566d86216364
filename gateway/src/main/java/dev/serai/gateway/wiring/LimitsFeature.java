package dev.serai.gateway.wiring;

import dev.serai.config.Settings;
import dev.serai.core.limit.Limit;
import dev.serai.core.rate.LocalRates;
import dev.serai.core.rate.RateRule;
import dev.serai.core.surface.Surfaces;
import dev.serai.processors.admission.RateLimit;
import dev.serai.processors.admission.ReportLimits;
import java.util.Map;

/** Limits requests, tokens and concurrent calls. */
final class LimitsFeature implements Feature {
  private static final String DROPPED = "rate.limiter.dropped";

  private final SharedParts shared;
  private final Surfaces surfaces;
  private final LocalRates store;
  private final RateLimit limit;

  LimitsFeature(SharedParts shared, Surfaces surfaces) {
    this.shared = shared;
    this.surfaces = surfaces;
    store = new LocalRates(shared.ticker(), shared.clock());
    limit = new RateLimit(shared.settings().limits(), store, shared.clock(), this::count);
    shared
        .metrics()
        .gauge("serai.limits.windows", "Windows of limits that are in use", Map.of(), store::size);
  }

  private void count(RateRule rule) {
    String scope = rule.key().scope().label();
    String window = rule.window().label();
    shared.metrics().registry().counter(DROPPED, "scope", scope, "window", window).increment();
  }

  /** Applies the limits of callers, of their models and of the gateway. */
  RateLimit limit() {
    return limit;
  }

  /** The same for requests that use no tokens. */
  Limit withoutTokens() {
    return limit::admitWithoutTokens;
  }

  /** Applies the limits of other settings. */
  void replace(Settings fresh) {
    limit.replace(fresh.limits());
  }

  @Override
  public Map<String, Object> beans() {
    return Map.of("report-limits", new ReportLimits(limit, surfaces, shared.clock()));
  }
}
