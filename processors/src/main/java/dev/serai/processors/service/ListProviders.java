package dev.serai.processors.service;

import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.provider.ProviderStatus;
import dev.serai.core.provider.ProviderStatus.ListFailure;
import dev.serai.core.provider.key.KeyStatus;
import dev.serai.core.time.Timestamps;
import dev.serai.processors.support.JsonReply;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Lists the providers that can be called with their status. A provider key is shown by its position
 * and the start of its hash, never itself. Thread-safe.
 */
public final class ListProviders implements Processor {
  private final Supplier<List<ProviderStatus>> statuses;
  private final InstantSource clock;

  public ListProviders(Supplier<List<ProviderStatus>> statuses, InstantSource clock) {
    this.statuses = statuses;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) {
    JsonWriter json =
        new JsonWriter().beginObject().member("object", "list").name("data").beginArray();
    statuses.get().forEach(status -> provider(json, status));
    exchange.getMessage().setBody(JsonReply.uncached(json.endArray().endObject().bytes()));
  }

  private void provider(JsonWriter json, ProviderStatus status) {
    json.beginObject().member("name", status.name()).member("dialect", status.dialect());
    text(json, "base_url", status.baseUrl());
    json.member("state", word(status.state()))
        .member("breaker", status.breakers().own())
        .name("model_breakers")
        .beginObject();
    status.breakers().models().forEach(json::member);
    json.endObject().name("keys").beginArray();
    status.keys().forEach(key -> key(json, key));
    json.endArray();
    recent(json, status);
    text(json, "models_fetched_at", status.models().fetched().map(Timestamps::text));
    status
        .models()
        .failure()
        .ifPresentOrElse(f -> listFailure(json, f), () -> json.nullMember("models_error"));
    json.name("models").beginArray();
    status.models().names().forEach(json::value);
    json.endArray().endObject();
  }

  private static void listFailure(JsonWriter json, ListFailure failure) {
    json.name("models_error").beginObject().member("message", failure.message());
    text(json, "cause", failure.cause().map(FailureCause::label));
    json.member("at", failure.at()).endObject();
  }

  /** Latency and last error of recent calls. */
  private static void recent(JsonWriter json, ProviderStatus status) {
    status
        .latency()
        .ifPresentOrElse(
            l ->
                json.name("latency_ms")
                    .beginObject()
                    .member("p50", l.p50())
                    .member("p95", l.p95())
                    .endObject(),
            () -> json.nullMember("latency_ms"));
    status
        .lastError()
        .ifPresentOrElse(
            e ->
                json.name("last_error")
                    .beginObject()
                    .member("code", e.code())
                    .member("cause", e.cause().label())
                    .member("at", e.at())
                    .endObject(),
            () -> json.nullMember("last_error"));
  }

  private void key(JsonWriter json, KeyStatus key) {
    json.beginObject().member("id", key.id()).member("state", word(key.state()));
    text(json, "until", key.remaining().map(left -> Timestamps.text(clock.instant().plus(left))));
    json.endObject();
  }

  private static void text(JsonWriter json, String name, Optional<String> text) {
    text.ifPresentOrElse(value -> json.member(name, value), () -> json.nullMember(name));
  }

  private static String word(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
