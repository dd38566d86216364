package dev.serai.memory.ledger;

import dev.serai.core.call.Call;
import dev.serai.core.chat.Usage;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.usage.UsageRecord;
import dev.serai.memory.tokens.Tokenizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Makes the rows of the ledger from journal entries: estimates the tokens that no provider counted
 * and adds the cost. {@link #add} is safe for use by many threads, all else is for the thread that
 * writes to the database.
 */
public final class UsagePricing {
  private final ModelCatalogue catalogue;
  private final UncountedCalls uncounted;
  private volatile Consumer<UsageRecord> estimateListener = row -> {};

  /**
   * Takes prices from the catalogue, and estimates from the tokenizer.
   *
   * @param memory counts the texts that are held until they are estimated
   */
  public UsagePricing(ModelCatalogue catalogue, Tokenizer tokenizer, ByteLimit memory) {
    this.catalogue = catalogue;
    this.uncounted = new UncountedCalls(tokenizer, memory);
  }

  /** Sets the listener that receives every row with estimated tokens once it is stored. */
  void onEstimate(Consumer<UsageRecord> listener) {
    estimateListener = listener;
  }

  /** Takes a call that has ended, to estimate its tokens later if that is necessary. */
  void add(Call call) {
    uncounted.add(call);
  }

  /** The rows of these entries, with the prices of the time at which each attempt began. */
  List<UsageRecord> rows(List<byte[]> entries) {
    List<UsageRecord> rows = new ArrayList<>(entries.size() + 8);
    for (byte[] entry : entries) {
      for (UsageRecord row : EntryCodec.read(entry)) {
        rows.add(priced(row));
      }
    }
    return rows;
  }

  /** Reports that these rows are in the database. */
  void stored(List<UsageRecord> rows) {
    for (UsageRecord row : rows) {
      if (row.estimated()) {
        estimateListener.accept(row);
      }
      if (row.terminal()) {
        uncounted.remove(row.requestId());
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
        row.clientRequestId(),
        row.attempt(),
        row.terminal(),
        row.timeMillis(),
        row.caller(),
        row.surface(),
        row.operation(),
        row.requestedModel(),
        row.candidate(),
        row.outcome(),
        row.problem(),
        row.cause(),
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
