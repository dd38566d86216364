package dev.serai.gateway.wiring;

import dev.serai.config.Settings;
import dev.serai.config.limit.FairnessSettings;
import dev.serai.core.fair.FairScheduler;
import dev.serai.gateway.telemetry.metrics.Metrics;
import dev.serai.processors.admission.WaitForCapacity;
import io.micrometer.core.instrument.DistributionSummary;
import java.util.Map;

/** Lets attempts wait in a fair order while their provider is busy. */
final class FairnessFeature implements Feature {
  private static final double NANOS_PER_MILLI = 1e6;

  private final FairScheduler scheduler;
  private final WaitForCapacity step;

  FairnessFeature(SharedParts shared) {
    FairnessSettings settings = shared.settings().fairness();
    scheduler =
        new FairScheduler(
            settings.rules(),
            shared.ticker(),
            nanos -> waits(shared.metrics()).record(nanos / NANOS_PER_MILLI));
    step = new WaitForCapacity(settings, scheduler, shared.loops(), shared.ticker());
    count(shared.metrics(), scheduler);
    gauge(shared.metrics(), scheduler);
  }

  /** Registered when the first attempt waits: its name has a unit that promtool does not like. */
  private static DistributionSummary waits(Metrics metrics) {
    return DistributionSummary.builder("fair.sched.wait.ms")
        .description("Milliseconds that attempts waited for a busy provider")
        .register(metrics.registry());
  }

  private static void count(Metrics metrics, FairScheduler scheduler) {
    metrics.counter(
        "fair.sched.grants",
        "Attempts that a window let through",
        Map.of(),
        () -> scheduler.counts().granted());
    metrics.counter(
        "fair.sched.enqueued",
        "Attempts that had to wait",
        Map.of(),
        () -> scheduler.counts().enqueued());
    metrics.counter(
        "fair.sched.dropped",
        "Attempts that were refused or left the queue",
        Map.of(),
        () -> scheduler.counts().dropped());
    metrics.counter(
        "fair.sched.starvation.boost",
        "Grants to tenants that got nothing for long",
        Map.of(),
        () -> scheduler.counts().boosted());
  }

  private static void gauge(Metrics metrics, FairScheduler scheduler) {
    metrics.gauge(
        "fair.sched.queue.depth",
        "Attempts that wait",
        Map.of(),
        () -> scheduler.counts().waiting());
    metrics.gauge(
        "fair.sched.jains.index",
        "How evenly waiting tenants get their shares: 1 is exact",
        Map.of(),
        scheduler::jainsIndex);
    metrics.gauge("fair.sched.window", "Sizes of all windows", Map.of(), scheduler::limit);
    metrics.gauge(
        "fair.sched.in.flight", "Attempts inside the windows", Map.of(), scheduler::inFlight);
  }

  FairScheduler scheduler() {
    return scheduler;
  }

  /** Whether attempts wait for capacity. */
  boolean isEnabled() {
    return step.isEnabled();
  }

  /** Applies other settings. */
  @Override
  public void replace(Settings fresh) {
    step.replace(fresh.fairness());
  }

  @Override
  public Map<String, Object> beans() {
    return Map.of("wait-for-capacity", step);
  }
}
