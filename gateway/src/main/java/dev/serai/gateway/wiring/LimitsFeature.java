package dev.serai.gateway.wiring;

import dev.serai.config.Settings;
import dev.serai.core.rate.LocalRates;
import dev.serai.core.rate.RateRule;
import dev.serai.core.rate.RateStore;
import dev.serai.core.rate.shared.SharedRates;
import dev.serai.core.surface.Surfaces;
import dev.serai.memory.ledger.Ledger;
import dev.serai.processors.admission.AdmitCall;
import dev.serai.processors.admission.CountRecalledTokens;
import dev.serai.processors.admission.HoldProviderLimits;
import dev.serai.processors.admission.LedgerLimit;
import dev.serai.processors.admission.RateLimit;
import dev.serai.processors.admission.ReportLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** Admits calls: limits requests, tokens and concurrent calls, and what the ledger can keep. */
final class LimitsFeature implements Feature {
  private static final String DROPPED = "rate.limiter.dropped";

  private final SharedParts shared;
  private final Surfaces surfaces;
  private final Ledger ledger;
  private final Optional<SharedRates> sharing;
  private final RateLimit limit;

  /**
   * @param ledger is asked before every other limit, and receives the calls that are admitted
   */
  LimitsFeature(SharedParts shared, Surfaces surfaces, Ledger ledger) {
    this.shared = shared;
    this.surfaces = surfaces;
    this.ledger = ledger;
    sharing = SharedLimits.of(shared);
    limit = new RateLimit(shared.settings().limits(), store(), shared.clock(), this::count);
  }

  private RateStore store() {
    if (sharing.isPresent()) {
      meter(sharing.get()::size);
      return sharing.get();
    }
    LocalRates local = new LocalRates(shared.ticker(), shared.clock());
    meter(local::size);
    return local;
  }

  private void meter(DoubleSupplier size) {
    shared
        .metrics()
        .gauge("serai.limits.windows", "Windows of limits that are in use", Map.of(), size);
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

  /** Applies the limits of other settings. */
  @Override
  public void replace(Settings fresh) {
    limit.replace(fresh.limits());
  }

  /** Redis if limits are to be shared through it and are not. */
  @Override
  public List<String> unavailable() {
    return sharing.isEmpty() || sharing.get().isShared() ? List.of() : List.of("redis");
  }

  @Override
  public void start() {
    sharing.ifPresent(SharedRates::start);
  }

  @Override
  public void close() {
    sharing.ifPresent(SharedRates::close);
  }

  @Override
  public Map<String, Object> beans() {
    return Map.of(
        "admit-call", admitCall(),
        "count-recalled-tokens", new CountRecalledTokens(limit),
        "hold-provider-limits", new HoldProviderLimits(limit),
        "report-limits", new ReportLimits(limit, surfaces, shared.clock()));
  }

  private AdmitCall admitCall() {
    return new AdmitCall(List.of(new LedgerLimit(ledger::refusal), limit), ledger::admitted);
  }
}
