package dev.serai.processors.admin;

import dev.serai.core.json.JsonWriter;
import dev.serai.core.provider.ProviderStatus;
import dev.serai.core.provider.ProviderStatus.State;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;

/** Lists the models that are known with the state of their providers. Thread-safe. */
final class ListModelStatus extends AdminReport {
  private final AdminSteps.Facts facts;

  ListModelStatus(AdminSteps.Facts facts) {
    this.facts = facts;
  }

  @Override
  void write(JsonWriter json, CamelContext camel) {
    json.name("models").beginArray();
    for (ProviderStatus status : facts.providers()) {
      List<String> names = status.models().names();
      (names.isEmpty() ? List.of("*") : names).forEach(name -> model(json, status, name));
    }
    json.endArray();
  }

  private static void model(JsonWriter json, ProviderStatus status, String name) {
    String breaker = status.breakers().of(name);
    boolean available =
        status.state() != State.UNREACHABLE
            && status.state() != State.UNAUTHORIZED
            && !breaker.equals("open");
    json.beginObject()
        .member("model", name.startsWith(status.name() + "/") ? name : status.name() + "/" + name)
        .member("provider", status.name())
        .member("available", available)
        .member("state", word(status.state()))
        .member("breaker", breaker);
    number(json, "latency_p50_ms", status.latency().map(ProviderStatus.Latency::p50));
    number(json, "latency_p95_ms", status.latency().map(ProviderStatus.Latency::p95));
    status
        .lastError()
        .ifPresentOrElse(
            error -> json.member("last_error", error.code()), () -> json.nullMember("last_error"));
    json.endObject();
  }

  private static void number(JsonWriter json, String name, Optional<Long> number) {
    number.ifPresentOrElse(value -> json.member(name, value), () -> json.nullMember(name));
  }
}
