package dev.serai.gateway.wiring;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.processors.service.ReportHealth;
import dev.serai.processors.service.ServePage;
import dev.serai.processors.support.EventLoops;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Serves the health endpoints and the API documentation. */
final class ServiceFeature implements Feature {
  private final BooleanSupplier ready;
  private final Supplier<List<String>> unavailable;
  private final EventLoops loops;
  private final BackgroundThreads threads;
  private final Supplier<List<String>> endedLoops;

  /**
   * @param ready whether the gateway takes requests
   * @param unavailable the servers that cannot be reached, which calls do not need
   * @param endedLoops the event loops that have ended; only a restart of the process helps
   */
  ServiceFeature(
      SharedParts shared,
      BooleanSupplier ready,
      Supplier<List<String>> unavailable,
      Supplier<List<String>> endedLoops) {
    this.ready = ready;
    this.unavailable = unavailable;
    this.loops = shared.loops();
    this.threads = shared.threads();
    this.endedLoops = endedLoops;
  }

  private boolean isAlive() {
    return endedLoops.get().isEmpty();
  }

  private List<String> failing() {
    return Stream.concat(endedLoops.get().stream(), threads.failing().stream()).toList();
  }

  private boolean isReady() {
    return ready.getAsBoolean() && isAlive() && threads.vitalOnesRun();
  }

  @Override
  public Map<String, Object> beans() {
    return Map.of(
        "report-health", new ReportHealth(this::isAlive, this::isReady, unavailable, this::failing),
        "serve-page", new ServePage(WebPages.load(), loops));
  }
}
