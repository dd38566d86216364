package dev.serai.gateway.wiring;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.processors.service.ReportHealth;
import dev.serai.processors.service.ServePage;
import dev.serai.processors.support.EventLoops;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Serves the health endpoints and the API documentation. */
final class ServiceFeature implements Feature {
  private final BooleanSupplier ready;
  private final BooleanSupplier databaseUp;
  private final EventLoops loops;
  private final BackgroundThreads threads;

  /**
   * @param ready whether the gateway takes requests
   * @param databaseUp whether the database takes usage
   */
  ServiceFeature(SharedParts shared, BooleanSupplier ready, BooleanSupplier databaseUp) {
    this.ready = ready;
    this.databaseUp = databaseUp;
    this.loops = shared.loops();
    this.threads = shared.threads();
  }

  private boolean isReady() {
    return ready.getAsBoolean() && threads.vitalOnesRun();
  }

  @Override
  public Map<String, Object> beans() {
    return Map.of(
        "report-health", new ReportHealth(this::isReady, databaseUp, threads::failing),
        "serve-page", new ServePage(WebPages.load(), loops));
  }
}
