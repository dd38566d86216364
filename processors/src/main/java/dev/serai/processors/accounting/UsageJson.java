package dev.serai.processors.accounting;

import dev.serai.core.chat.Usage;
import dev.serai.core.usage.Dimension;
import dev.serai.core.usage.UsageRecord;
import dev.serai.core.usage.UsageTotals;
import dev.serai.processors.support.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Writes usage as JSON. Pure. */
final class UsageJson {
  private UsageJson() {}

  /** Writes one attempt. */
  static void row(JsonText json, UsageRecord row) {
    json.open()
        .field("timestamp", Instant.ofEpochMilli(row.timeMillis()).toString())
        .field("request_id", row.requestId())
        .field("attempt", row.attempt())
        .field("terminal", row.terminal())
        .field("provider", row.candidate().provider())
        .field("model", row.candidate().model())
        .field("asked_model", row.requestedModel())
        .field("surface", row.surface())
        .field("operation", row.operation().label())
        .field("tenant", row.caller().tenant())
        .field("key", row.caller().key())
        .field("session", row.caller().session())
        .field("task_type", row.caller().taskType())
        .field("outcome", row.outcome().name().toLowerCase(Locale.ROOT));
    if (row.problem().isPresent()) {
      json.field("problem", row.problem().get());
    } else {
      json.unknown("problem");
    }
    json.field("streamed", row.streamed()).field("delivered", row.delivered());
    tokens(json, row.usage());
    json.field("tier", row.usage().tier()).field("estimated", row.estimated());
    if (row.costNanoUsd().isPresent()) {
      json.field("cost", Money.usd(row.costNanoUsd().getAsLong()));
    } else {
      json.unknown("cost");
    }
    json.field("latency_ms", millis(row.latencyMicros()));
    if (row.firstTokenMicros().isPresent()) {
      json.field("ttft_ms", millis(row.firstTokenMicros().getAsLong()));
    } else {
      json.unknown("ttft_ms");
    }
    json.list("dropped");
    row.dropped().forEach(json::element);
    json.closeList().close();
  }

  private static java.math.BigDecimal millis(long micros) {
    return java.math.BigDecimal.valueOf(micros, 3);
  }

  /** Writes the totals of one group, with the group. */
  static void totals(JsonText json, List<Dimension> groupBy, UsageTotals totals) {
    json.open();
    for (int i = 0; i < groupBy.size(); i++) {
      json.field(UsageParameters.name(groupBy.get(i)), totals.group().get(i));
    }
    sums(json, totals);
    json.close();
  }

  /** Writes totals as members of the open object. */
  static void sums(JsonText json, UsageTotals totals) {
    json.field("requests", totals.requests())
        .field("failed", totals.failed())
        .field("cancelled", totals.cancelled())
        .field("attempts", totals.attempts());
    tokens(json, totals.usage());
    cost(json, totals);
    json.field("undelivered_cost", Money.usd(totals.undeliveredNanoUsd()))
        .field("unpriced_attempts", totals.unpriced())
        .field("estimated_attempts", totals.estimated());
  }

  /** Null if no attempt has a price; a lower bound if {@code unpriced_attempts} is not 0. */
  private static void cost(JsonText json, UsageTotals totals) {
    if (totals.priced() == 0 && totals.unpriced() > 0) {
      json.unknown("cost");
    } else {
      json.field("cost", Money.usd(totals.costNanoUsd()));
    }
  }

  private static void tokens(JsonText json, Usage usage) {
    json.field("input_tokens", usage.input())
        .field("output_tokens", usage.output())
        .field("total_tokens", usage.total())
        .field("cached_tokens", usage.cached())
        .field("cache_write_tokens", usage.cacheWritten())
        .field("cache_write_1h_tokens", usage.cacheWrittenHour())
        .field("reasoning_tokens", usage.reasoning())
        .field("audio_input_tokens", usage.audioInput())
        .field("audio_output_tokens", usage.audioOutput());
  }
}
