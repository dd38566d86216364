package dev.serai.processors.accounting;

import dev.serai.core.chat.Usage;
import dev.serai.core.time.Timestamps;
import dev.serai.core.usage.Dimension;
import dev.serai.core.usage.Money;
import dev.serai.core.usage.UsageRecord;
import dev.serai.core.usage.UsageTotals;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Writes usage as CSV (RFC 4180). Not thread-safe. */
final class UsageCsv {
  private static final String TOKENS =
      "input_tokens,output_tokens,cached_tokens,cache_write_tokens,cache_write_1h_tokens,"
          + "reasoning_tokens,audio_input_tokens,audio_output_tokens";

  private final StringBuilder out = new StringBuilder(1024);
  private boolean begun;

  /** Writes attempts. */
  static byte[] rows(List<UsageRecord> rows) {
    UsageCsv csv = new UsageCsv();
    csv.out
        .append(
            "timestamp,request_id,attempt,terminal,provider,model,asked_model,surface,operation,tenant,")
        .append("key,session,task_type,outcome,problem,cause,streamed,delivered,")
        .append(TOKENS)
        .append(",tier,estimated,cost,latency_ms,ttft_ms,client_request_id,team,user,tags,")
        .append(DecisionCsv.NAMES)
        .append("\r\n");
    rows.forEach(csv::row);
    return csv.bytes();
  }

  /** Writes totals by group. */
  static byte[] totals(List<Dimension> groupBy, List<UsageTotals> totals) {
    UsageCsv csv = new UsageCsv();
    for (Dimension dimension : groupBy) {
      csv.out.append(UsageParameters.name(dimension)).append(',');
    }
    csv.out
        .append("requests,failed,cancelled,attempts,")
        .append(TOKENS)
        .append(",cost,undelivered_cost,unpriced_attempts,estimated_attempts\r\n");
    totals.forEach(csv::total);
    return csv.bytes();
  }

  private void row(UsageRecord row) {
    cell(Timestamps.text(Instant.ofEpochMilli(row.timeMillis())));
    cell(row.requestId());
    cell(row.attempt());
    cell(row.terminal());
    cell(row.candidate().provider());
    cell(row.candidate().model());
    cell(row.requestedModel());
    cell(row.surface());
    cell(row.operation().label());
    cell(row.caller().tenant());
    cell(row.caller().key());
    cell(row.caller().session());
    cell(row.caller().taskType());
    cell(row.outcome().name().toLowerCase(Locale.ROOT));
    cell(row.problem().orElse(""));
    cell(row.cause().orElse(""));
    cell(row.streamed());
    cell(row.delivered());
    tokens(row.usage());
    cell(row.usage().tier());
    cell(row.estimated());
    boolean priced = row.costNanoUsd().isPresent();
    cell(priced ? Money.usd(row.costNanoUsd().getAsLong()).toPlainString() : "");
    cell(UsageJson.millis(row.latencyMicros()).toPlainString());
    boolean began = row.firstTokenMicros().isPresent();
    cell(began ? UsageJson.millis(row.firstTokenMicros().getAsLong()).toPlainString() : "");
    cell(row.clientRequestId());
    cell(row.caller().team());
    cell(row.caller().user());
    cell(String.join(",", row.caller().allTags()));
    DecisionCsv.cells(row.decision()).forEach(this::cell);
    end();
  }

  private void total(UsageTotals totals) {
    totals.group().forEach(this::cell);
    cell(totals.requests());
    cell(totals.failed());
    cell(totals.cancelled());
    cell(totals.attempts());
    tokens(totals.usage());
    boolean unknown = totals.priced() == 0 && totals.unpriced() > 0;
    cell(unknown ? "" : Money.usd(totals.costNanoUsd()).toPlainString());
    cell(Money.usd(totals.undeliveredNanoUsd()).toPlainString());
    cell(totals.unpriced());
    cell(totals.estimated());
    end();
  }

  private void tokens(Usage usage) {
    cell(usage.input());
    cell(usage.output());
    cell(usage.cached());
    cell(usage.cacheWritten());
    cell(usage.cacheWrittenHour());
    cell(usage.reasoning());
    cell(usage.audioInput());
    cell(usage.audioOutput());
  }

  private void cell(long value) {
    next().append(value);
  }

  private void cell(boolean value) {
    next().append(value);
  }

  /**
   * Adds a text, quoted where CSV requires it. Text that a spreadsheet would run as a formula
   * begins with an apostrophe.
   */
  private void cell(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    String safe = formula ? "'" + text : text;
    boolean plain = true;
    for (int i = 0; i < safe.length() && plain; i++) {
      plain = ",\"\r\n".indexOf(safe.charAt(i)) < 0;
    }
    StringBuilder to = next();
    if (plain) {
      to.append(safe);
    } else {
      to.append('"').append(safe.replace("\"", "\"\"")).append('"');
    }
  }

  private StringBuilder next() {
    if (begun) {
      out.append(',');
    }
    begun = true;
    return out;
  }

  private void end() {
    out.append("\r\n");
    begun = false;
  }

  private byte[] bytes() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }
}
