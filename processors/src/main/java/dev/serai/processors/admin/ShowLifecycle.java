package dev.serai.processors.admin;

import dev.serai.core.json.JsonWriter;
import org.apache.camel.CamelContext;

/** Shows whether the gateway serves, and since when it runs. Thread-safe. */
final class ShowLifecycle extends AdminReport {
  private final AdminSteps.Facts facts;

  ShowLifecycle(AdminSteps.Facts facts) {
    this.facts = facts;
  }

  @Override
  void write(JsonWriter json, CamelContext camel) {
    json.member("state", word(facts.state()))
        .member("started_at", facts.started())
        .member("uptime_seconds", facts.uptime().toSeconds());
  }
}
