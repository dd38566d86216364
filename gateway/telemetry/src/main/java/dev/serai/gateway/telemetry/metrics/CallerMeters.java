package dev.serai.gateway.telemetry.metrics;

import dev.serai.core.chat.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/** Counts the calls, tokens and cost of one API key of a tenant. Thread-safe. */
final class CallerMeters {
  private final Counter calls;
  private final Counter input;
  private final Counter output;
  private final MeterRegistry registry;
  private final Tags own;

  /** Absent until an attempt has a known price: no cost is not a cost of 0. */
  private volatile @Nullable Counter cost;

  /**
   * Who is counted.
   *
   * @param key the name of the API key; empty without one
   */
  record Who(String tenant, String key) {}

  CallerMeters(MeterRegistry registry, Who who) {
    this.registry = registry;
    own = Tags.of("tenant", who.tenant, "key", who.key);
    calls = counter("calls", "Calls that have ended", own, registry);
    input = counter("tokens", "Tokens of attempts", own.and("kind", "input"), registry);
    output = counter("tokens", "Tokens of attempts", own.and("kind", "output"), registry);
  }

  void called() {
    calls.increment();
  }

  void used(Usage usage) {
    input.increment(usage.input());
    output.increment(usage.output());
  }

  void cost(long nanoUsd) {
    Counter known = cost;
    if (known == null) {
      known = counter("cost.usd", "Cost of attempts in US dollars, if known", own, registry);
      cost = known;
    }
    known.increment(nanoUsd / 1e9);
  }

  private static Counter counter(String name, String what, Tags tags, MeterRegistry registry) {
    return Counter.builder("serai.caller." + name).description(what).tags(tags).register(registry);
  }
}
