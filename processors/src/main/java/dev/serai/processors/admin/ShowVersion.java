package dev.serai.processors.admin;

import dev.serai.core.json.JsonWriter;
import org.apache.camel.CamelContext;

/** Shows the versions of Serai, Camel and Java. Thread-safe. */
final class ShowVersion extends AdminReport {
  private final AdminSteps.Facts facts;

  ShowVersion(AdminSteps.Facts facts) {
    this.facts = facts;
  }

  @Override
  void write(JsonWriter json, CamelContext camel) {
    json.member("name", "serai")
        .member("version", facts.version())
        .member("camel", camel.getVersion())
        .member("java", Runtime.version().toString());
  }
}
