package dev.serai.memory.ledger;

import dev.serai.core.chat.Usage;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.usage.UsageRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Makes rows of entries: estimates what nobody counted and puts the price to it. One thread. */
final class UsagePricing {
  private final ModelCatalogue catalogue;
  private final UncountedCalls uncounted;
  private volatile Consumer<UsageRecord> estimated = row -> {};

  UsagePricing(ModelCatalogue catalogue, UncountedCalls uncounted) {
    this.catalogue = catalogue;
    this.uncounted = uncounted;
  }

  /** The rows of these entries, priced as of the time at which each attempt began. */
  List<UsageRecord> rows(List<byte[]> entries) {
    List<UsageRecord> rows = new ArrayList<>(entries.size() + 8);
    for (byte[] entry : entries) {
      for (UsageRecord row : EntryCodec.read(entry)) {
        rows.add(priced(row));
      }
    }
    return rows;
  }

  /** Has that be told of every row whose tokens were estimated. */
  void tellEstimates(Consumer<UsageRecord> listener) {
    estimated = listener;
  }

  /** These rows are in the database. */
  void done(List<UsageRecord> rows) {
    for (UsageRecord row : rows) {
      if (row.estimated()) {
        estimated.accept(row);
      }
      if (row.terminal()) {
        uncounted.forget(row.requestId());
      }
    }
  }

  private UsageRecord priced(UsageRecord row) {
    Usage usage = row.estimated() ? uncounted.refine(row) : row.usage();
    if (usage.total() == 0) {
      return row;
    }
    Instant when = Instant.ofEpochMilli(row.timeMillis());
    return with(row, usage, catalogue.costNanoUsd(row.candidate(), usage, when));
  }

  private static UsageRecord with(UsageRecord row, Usage usage, OptionalLong cost) {
    return new UsageRecord(
        row.requestId(),
        row.attempt(),
        row.terminal(),
        row.timeMillis(),
        row.caller(),
        row.surface(),
        row.operation(),
        row.asked(),
        row.candidate(),
        row.outcome(),
        row.problem(),
        row.streamed(),
        row.delivered(),
        usage,
        row.estimated(),
        cost,
        row.latencyMicros(),
        row.firstTokenMicros(),
        row.dropped());
  }
}
