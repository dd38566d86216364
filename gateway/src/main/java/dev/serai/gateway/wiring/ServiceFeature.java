package dev.serai.gateway.wiring;

import dev.serai.processors.service.ReportHealth;
import dev.serai.processors.service.ServePage;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Serves the health endpoints and the API documentation. */
final class ServiceFeature implements Feature {
  private final BooleanSupplier ready;

  /**
   * @param ready whether the gateway takes requests
   */
  ServiceFeature(BooleanSupplier ready) {
    this.ready = ready;
  }

  @Override
  public Map<String, Object> steps() {
    return Map.of(
        "report-health", new ReportHealth(ready),
        "serve-page", new ServePage(WebPages.load()));
  }
}
