package dev.serai.processors.service;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.core.provider.KeyStatus;
import dev.serai.core.provider.ProviderStatus;
import dev.serai.processors.support.JsonText;
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
    JsonText json = new JsonText().open().field("object", "list").list("data");
    statuses.get().forEach(status -> provider(json, status));
    HeaderFields headers =
        new HeaderFields().add("content-type", "application/json").add("cache-control", "no-store");
    byte[] body = json.closeList().close().bytes();
    exchange.getMessage().setBody(new Reply.Complete(200, headers, body));
  }

  private void provider(JsonText json, ProviderStatus status) {
    json.open().field("name", status.name()).field("dialect", status.dialect());
    text(json, "base_url", status.baseUrl());
    json.field("state", word(status.state())).field("breaker", status.breaker()).list("keys");
    status.keys().forEach(key -> key(json, key));
    json.closeList();
    recent(json, status);
    text(json, "models_fetched_at", status.models().fetched().map(Object::toString));
    status
        .models()
        .failure()
        .ifPresentOrElse(
            f ->
                json.open("models_error")
                    .field("message", f.message())
                    .field("at", f.at().toString())
                    .close(),
            () -> json.unknown("models_error"));
    json.list("models");
    status.models().names().forEach(json::element);
    json.closeList().close();
  }

  /** Latency and last error of recent calls. */
  private static void recent(JsonText json, ProviderStatus status) {
    status
        .latency()
        .ifPresentOrElse(
            l -> json.open("latency_ms").field("p50", l.p50()).field("p95", l.p95()).close(),
            () -> json.unknown("latency_ms"));
    status
        .lastError()
        .ifPresentOrElse(
            e ->
                json.open("last_error")
                    .field("code", e.code())
                    .field("at", e.at().toString())
                    .close(),
            () -> json.unknown("last_error"));
  }

  private void key(JsonText json, KeyStatus key) {
    json.open().field("id", key.id()).field("state", word(key.state()));
    text(json, "until", key.remaining().map(left -> clock.instant().plus(left).toString()));
    json.close();
  }

  private static void text(JsonText json, String name, Optional<String> text) {
    text.ifPresentOrElse(value -> json.field(name, value), () -> json.unknown(name));
  }

  private static String word(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
