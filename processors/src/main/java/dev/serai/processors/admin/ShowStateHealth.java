package dev.serai.processors.admin;

import dev.serai.core.json.JsonWriter;
import java.util.List;
import org.apache.camel.CamelContext;

/** Shows the health of the gateway and of the servers behind it. Thread-safe. */
final class ShowStateHealth extends AdminReport {
  private final AdminSteps.Facts facts;

  ShowStateHealth(AdminSteps.Facts facts) {
    this.facts = facts;
  }

  @Override
  void write(JsonWriter json, CamelContext camel) {
    List<String> unreachable = facts.unreachable();
    List<String> failing = facts.failing();
    String status = "unhealthy";
    if (facts.isAlive() && facts.isReady()) {
      status = unreachable.isEmpty() && failing.isEmpty() ? "healthy" : "degraded";
    }
    json.member("status", status)
        .member("alive", facts.isAlive())
        .member("ready", facts.isReady())
        .member("database", facts.database());
    json.member("unavailable", unreachable);
    json.member("failing", failing);
  }
}
