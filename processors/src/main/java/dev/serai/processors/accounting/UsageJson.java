package dev.serai.processors.accounting;

import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.usage.Dimension;
import dev.serai.core.usage.Money;
import dev.serai.core.usage.UsageRecord;
import dev.serai.core.usage.UsageTotals;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** Writes usage as JSON. Pure. */
final class UsageJson {
  private UsageJson() {}

  /** Writes one attempt. */
  static void row(JsonWriter json, UsageRecord row) {
    json.beginObject()
        .member("timestamp", Instant.ofEpochMilli(row.timeMillis()))
        .member("request_id", row.requestId())
        .member("client_request_id", row.clientRequestId())
        .member("attempt", row.attempt())
        .member("terminal", row.terminal())
        .member("provider", row.candidate().provider())
        .member("model", row.candidate().model())
        .member("asked_model", row.requestedModel())
        .member("surface", row.surface())
        .member("operation", row.operation().label());
    caller(json, row.caller());
    outcome(json, row);
    tokens(json, row.usage());
    json.member("tier", row.usage().tier()).member("estimated", row.estimated());
    number(json, "cost", row.costNanoUsd(), Money::usd);
    json.member("latency_ms", millis(row.latencyMicros()));
    number(json, "ttft_ms", row.firstTokenMicros(), UsageJson::millis);
    json.name("dropped").beginArray();
    row.dropped().forEach(json::value);
    json.endArray().name("decision");
    row.decision().ifPresentOrElse(made -> made.write(json), json::nullValue);
    json.endObject();
  }

  private static void caller(JsonWriter json, Caller caller) {
    json.member("tenant", caller.tenant())
        .member("key", caller.key())
        .member("session", caller.session())
        .member("task_type", caller.taskType())
        .member("team", caller.team())
        .member("user", caller.user())
        .name("tags")
        .beginArray();
    caller.allTags().forEach(json::value);
    json.endArray();
  }

  private static void outcome(JsonWriter json, UsageRecord row) {
    json.member("outcome", row.outcome().name().toLowerCase(Locale.ROOT));
    text(json, "problem", row.problem());
    text(json, "cause", row.cause());
    json.member("streamed", row.streamed()).member("delivered", row.delivered());
  }

  private static void text(JsonWriter json, String name, Optional<String> text) {
    text.ifPresentOrElse(value -> json.member(name, value), () -> json.nullMember(name));
  }

  private static void number(
      JsonWriter json, String name, OptionalLong number, LongFunction<BigDecimal> unit) {
    number.ifPresentOrElse(
        value -> json.member(name, unit.apply(value)), () -> json.nullMember(name));
  }

  /** Microseconds as milliseconds, exactly. */
  static BigDecimal millis(long micros) {
    return BigDecimal.valueOf(micros, 3);
  }

  /** Writes the totals of one group, with the group. */
  static void totals(JsonWriter json, List<Dimension> groupBy, UsageTotals totals) {
    json.beginObject();
    for (int i = 0; i < groupBy.size(); i++) {
      json.member(UsageParameters.name(groupBy.get(i)), totals.group().get(i));
    }
    sums(json, totals);
    json.endObject();
  }

  /** Writes totals as members of the open object. */
  static void sums(JsonWriter json, UsageTotals totals) {
    json.member("requests", totals.requests())
        .member("failed", totals.failed())
        .member("cancelled", totals.cancelled())
        .member("attempts", totals.attempts());
    tokens(json, totals.usage());
    cost(json, totals);
    json.member("undelivered_cost", Money.usd(totals.undeliveredNanoUsd()))
        .member("unpriced_attempts", totals.unpriced())
        .member("estimated_attempts", totals.estimated());
  }

  /** Null if no attempt has a price; a lower bound if {@code unpriced_attempts} is not 0. */
  private static void cost(JsonWriter json, UsageTotals totals) {
    if (totals.priced() == 0 && totals.unpriced() > 0) {
      json.nullMember("cost");
    } else {
      json.member("cost", Money.usd(totals.costNanoUsd()));
    }
  }

  private static void tokens(JsonWriter json, Usage usage) {
    json.member("input_tokens", usage.input())
        .member("output_tokens", usage.output())
        .member("total_tokens", usage.total())
        .member("cached_tokens", usage.cached())
        .member("cache_write_tokens", usage.cacheWritten())
        .member("cache_write_1h_tokens", usage.cacheWrittenHour())
        .member("reasoning_tokens", usage.reasoning())
        .member("audio_input_tokens", usage.audioInput())
        .member("audio_output_tokens", usage.audioOutput());
  }
}
