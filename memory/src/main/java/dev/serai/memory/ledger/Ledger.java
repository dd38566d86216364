package dev.serai.memory.ledger;

import dev.serai.core.call.Call;
import dev.serai.core.call.CallListener;
import dev.serai.core.time.Ticker;
import dev.serai.core.usage.UsageLedger;
import dev.serai.core.usage.UsageQuery;
import dev.serai.core.usage.UsageRecord;
import dev.serai.core.usage.UsageTotals;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.DatabaseReader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of usage.
 *
 * <p>A call that has ended is packed on its event loop into the {@link Journal}, a file mapped into
 * memory: less than a microsecond, no lock, no system call. From then on it outlives the process.
 * The {@link JournalWriter}, a thread of its own, estimates what nobody counted, puts the prices to
 * it and brings it to the database; rows are known by request and attempt, so one that comes twice
 * is kept once. Questions are answered by two threads of their own, since a driver may hold a
 * virtual thread's carrier. Thread-safe.
 */
public final class Ledger implements CallListener, UsageLedger, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
  private static final Duration FLUSH = Duration.ofSeconds(5);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final Journal journal;
  private final UsagePricing pricing;
  private final JournalWriter writer;
  private final InstantSource clock;
  private final AtomicLong lost = new AtomicLong();
  private final DatabaseReader readers;

  /**
   * Opens nothing yet: {@link #start} does.
   *
   * @param database is the gateway's only one; the ledger does not close it
   */
  public Ledger(LedgerLimits limits, Database database, UsagePricing pricing, InstantSource clock) {
    this.pricing = pricing;
    this.readers = new DatabaseReader(database, "ledger");
    this.clock = clock;
    journal =
        new Journal(
            limits.folder(), limits.segmentBytes(), limits.journalBytes(), limits.waiting());
    writer = new JournalWriter(journal, database, pricing, Ticker.SYSTEM);
  }

  /**
   * Begins, in the background: what an earlier process has left is brought to the database.
   *
   * @param estimated is told of every row whose tokens were estimated, by the writer's thread
   */
  public void start(Consumer<UsageRecord> estimated) {
    pricing.onEstimate(estimated);
    writer.start();
  }

  @Override
  public void settled(Call call) {
    if (journal.full() && call.attempts().isEmpty()) {
      return; // refused for this very reason, or for another that costs nobody anything
    }
    pricing.add(call);
    if (journal.append(EntryCodec.of(call, clock.millis()))) {
      writer.wake();
    } else if (lost.getAndIncrement() == 0) {
      LOG.error("the usage of request {} and those after it is lost", call.requestId());
    }
  }

  /** Whether there is no room for the usage of another call. */
  public boolean full() {
    return journal.full();
  }

  /** Whether the database took what it was last given. */
  public boolean databaseUp() {
    return writer.databaseUp();
  }

  /** Seconds since which something has been waiting for the database. */
  public double lagSeconds() {
    return writer.lagNanos() / 1e9;
  }

  /** What the journal takes on the disk. */
  public long journalBytes() {
    return journal.bytes();
  }

  /** CallFixtures whose usage waits in memory, since there is no file for it. */
  public int waiting() {
    return journal.waiting();
  }

  /** Rows brought to the database. */
  public long written() {
    return writer.written();
  }

  /** CallFixtures whose usage is lost, since nothing could take it. */
  public long lost() {
    return lost.get();
  }

  @Override
  public List<UsageRecord> of(String requestId) {
    return answer(connection -> UsageQueries.of(connection, requestId));
  }

  @Override
  public List<UsageRecord> rows(UsageQuery query) {
    return answer(connection -> UsageQueries.rows(connection, query));
  }

  @Override
  public List<UsageTotals> totals(UsageQuery query) {
    return answer(connection -> UsageQueries.totals(connection, query));
  }

  /** After what has been used so far is in the database, as far as that takes no time. */
  private <T> T answer(DatabaseReader.Question<T> question) {
    writer.flush(FLUSH);
    return readers.ask(question);
  }

  /** Brings what there is to the database, or leaves it in the journal for the next process. */
  @Override
  public void close() {
    readers.close();
    try {
      writer.stop(STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
