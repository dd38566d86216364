package dev.serai.memory.ledger;

import dev.serai.core.call.Call;
import dev.serai.core.chat.Usage;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.usage.RecordedDecision;
import dev.serai.core.usage.UsageRecord;
import dev.serai.memory.tokens.Tokenizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes the rows of the ledger from journal entries: estimates the tokens that no provider counted,
 * finds the features of requests of which a model was chosen, and adds the cost. {@link #add} is
 * safe for use by many threads, all else is for the thread that writes to the database.
 */
public final class UsagePricing {
  private final ModelCatalogue catalogue;
  private final UncountedCalls uncounted;
  private final UndescribedCalls undescribed;
  private volatile Consumer<UsageRecord> estimateListener = row -> {};

  /**
   * Takes prices from the catalogue, and estimates from the tokenizer.
   *
   * @param memory counts the texts that are held until they are estimated
   */
  public UsagePricing(ModelCatalogue catalogue, Tokenizer tokenizer, ByteLimit memory) {
    this.catalogue = catalogue;
    this.uncounted = new UncountedCalls(tokenizer, memory);
    this.undescribed = new UndescribedCalls(memory);
  }

  /** Sets the listener that receives every row with estimated tokens once it is stored. */
  void onEstimate(Consumer<UsageRecord> listener) {
    estimateListener = listener;
  }

  /** Takes a call that has ended, if something about it is computed later from its texts. */
  void add(Call call) {
    uncounted.add(call);
    undescribed.add(call);
  }

  /** The rows of these entries, with the prices of the time at which each attempt began. */
  List<UsageRecord> rows(List<byte[]> entries) {
    List<UsageRecord> rows = new ArrayList<>(entries.size() + 8);
    for (byte[] entry : entries) {
      for (UsageRecord row : EntryReader.read(entry)) {
        rows.add(priced(row.with(described(row))));
      }
    }
    return rows;
  }

  private Optional<RecordedDecision> described(UsageRecord row) {
    return row.decision().map(made -> undescribed.describe(row.requestId(), made));
  }

  /** Reports that these rows are in the database. */
  void stored(List<UsageRecord> rows) {
    for (UsageRecord row : rows) {
      if (row.estimated()) {
        estimateListener.accept(row);
      }
      if (row.terminal()) {
        forget(row.requestId());
      }
    }
  }

  /** Frees what is held of a call whose rows are stored, or will never be. */
  void forget(String requestId) {
    uncounted.remove(requestId);
    undescribed.remove(requestId);
  }

  private UsageRecord priced(UsageRecord row) {
    Usage usage = row.estimated() ? uncounted.refine(row) : row.usage();
    if (usage.total() == 0) {
      return row;
    }
    Instant when = Instant.ofEpochMilli(row.timeMillis());
    return row.with(usage, catalogue.costNanoUsd(row.candidate(), usage, when));
  }
}
