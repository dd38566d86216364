package dev.serai.memory.ledger;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.call.Call;
import dev.serai.core.call.CallListener;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.cause.CloseAll;
import dev.serai.core.usage.UsageLedger;
import dev.serai.core.usage.UsageQuery;
import dev.serai.core.usage.UsageRecord;
import dev.serai.core.usage.UsageTotals;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.DatabaseReader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of usage.
 *
 * <p>Event loops append every call that has ended to the {@link Journal}, a file mapped into
 * memory: less than a microsecond, no lock, no system call. From then on the usage outlives the
 * process. A call is noted when it begins, too, so that one that a kill interrupts is recorded by
 * the next process. The {@link JournalWriter} estimates what no provider counted, adds prices and
 * writes rows to the database. The key of a row is request and attempt, so a row that is written
 * twice is stored once. Queries first flush the journal, then run on threads of their own.
 * Thread-safe.
 */
public final class Ledger implements CallListener, UsageLedger, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
  private static final Duration FILES = Duration.ofSeconds(10);
  private static final Duration FLUSH = Duration.ofSeconds(10);
  private static final Duration REFUSED = Duration.ofSeconds(5);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final Journal journal;
  private final UsagePricing pricing;
  private final JournalWriter writer;
  private final boolean isServer;
  private final InstantSource clock;
  private final AtomicLong lost = new AtomicLong();
  private final DatabaseReader reader;
  private volatile UsageSink sink = UsageSink.NONE;

  /** Opens nothing; {@link #start} does. */
  public Ledger(
      LedgerLimits limits,
      Database database,
      UsagePricing pricing,
      InstantSource clock,
      BackgroundThreads threads) {
    this.pricing = pricing;
    this.reader = new DatabaseReader(database, "ledger");
    this.clock = clock;
    journal =
        new Journal(
            limits.folder(), limits.segmentBytes(), limits.journalBytes(), limits.waiting());
    isServer = database.isServer();
    writer = new JournalWriter(journal, database, pricing, threads);
  }

  /**
   * Starts to write to the database in the background, first what an earlier process has left.
   * Waits for a moment until there are files for the usage of calls.
   *
   * @param estimated receives every stored row whose tokens were estimated, on the writer's thread
   */
  public void start(Consumer<UsageRecord> estimated) {
    pricing.onEstimate(estimated);
    writer.start();
    try {
      journal.awaitTried(FILES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sets what takes part in writing rows, before the start. */
  public void report(UsageSink to) {
    sink = to;
    writer.report(to);
  }

  /**
   * The name of this ledger's journal, which is the same when a later process uses its folder.
   * Waits for a moment until the folder is known; empty if it is not.
   */
  public String journalName() {
    try {
      return journal.awaitFound(FLUSH) ? journal.name() : "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /** Whether everything that earlier processes left in the journal is in the database. */
  public boolean leftIsStored() {
    return journal.leftIsStored();
  }

  /** Notes a call that begins: if this process is killed, the next one records it. */
  public void admitted(Call call) {
    call.lifecycle().afterEnd(journal.running().note(StartCodec.of(call, call.timeMillis(clock))));
  }

  /**
   * Notes that a call which holds a part of a budget is sent to a provider. If this process is
   * killed, the next one charges the call for its estimated prompt, at the price of that candidate.
   */
  public void held(Call call) {
    call.lifecycle()
        .afterEnd(journal.running().note(StartCodec.held(call, call.timeMillis(clock))));
  }

  @Override
  public void settled(Call call) {
    sink.ended(call, store(call));
  }

  /** Whether the rows of the call will be in the database. */
  private boolean store(Call call) {
    if (full() && call.attempts().isEmpty()) {
      return false; // the call was refused and used nothing
    }
    pricing.add(call);
    if (journal.append(EntryWriter.of(call, call.timeMillis(clock)))) {
      writer.wake();
      return true;
    }
    if (lost.getAndIncrement() == 0) {
      LOG.error(
          "ledger: no room in the journal; the usage of request {} and later ones is lost",
          call.requestId());
    }
    pricing.forget(call.requestId());
    return false;
  }

  /**
   * Whether new calls must be refused, because the journal is full, or their usage would wait in
   * memory for a disk that is full: a kill would lose it.
   */
  public boolean full() {
    return journal.full() || journal.lacksFiles() && !(isServer && writer.databaseUp());
  }

  /** Why new calls must be refused now; empty while they need not be. */
  public Optional<CapacityProblem> refusal() {
    return full() ? Optional.of(fullness()) : Optional.empty();
  }

  private CapacityProblem fullness() {
    return writer.filesAreBroken()
        ? new CapacityProblem(
            "ledger_unavailable",
            "The files of the usage ledger cannot be used, so the call could not be recorded; the"
                + " log of the gateway says why.",
            REFUSED)
        : new CapacityProblem(
            "ledger_full", "The usage ledger is full: the call could not be recorded.", REFUSED);
  }

  /** Whether the last write to the database succeeded. */
  public boolean databaseUp() {
    return writer.databaseUp();
  }

  /** How long the oldest usage may have been waiting for the database, in seconds. */
  public double lagSeconds() {
    return writer.lagNanos() / 1e9;
  }

  /** The size of the journal on disk. */
  public long journalBytes() {
    return journal.bytes();
  }

  /** Calls whose usage waits in memory, since there is no file for it. */
  public int waiting() {
    return journal.waiting();
  }

  /** The number of rows that this process has written to the database. */
  public long written() {
    return writer.written();
  }

  /** Calls whose rows no database takes; their usage is in a file beside the journal. */
  public long setAside() {
    return writer.setAside();
  }

  /** Calls whose usage is lost, since neither the journal nor memory had room. */
  public long lost() {
    return lost.get();
  }

  /** Calls that began without a note, since too many ran. */
  public long unnoted() {
    return journal.running().unnoted();
  }

  @Override
  public List<UsageRecord> of(String id, Optional<String> tenant) {
    return query(connection -> UsageQueries.of(connection, id, tenant.orElse("")));
  }

  @Override
  public List<UsageRecord> rows(UsageQuery query) {
    return query(connection -> UsageQueries.rows(connection, query));
  }

  @Override
  public List<List<UsageTotals>> totals(List<UsageQuery> queries) {
    return query(connection -> UsageSums.totals(connection, queries));
  }

  /** Runs a query after a flush, so that it sees all usage so far. */
  private <T> T query(DatabaseReader.Query<T> query) {
    if (!writer.flush(FLUSH)) {
      throw new CapacityProblem(
          "ledger_unavailable",
          writer.databaseUp()
              ? "The newest usage is not in the database yet. Retry later."
              : "The database of usage cannot be used; the log of the gateway says why.",
          Duration.ofSeconds(5));
    }
    return reader.read(query);
  }

  /** Writes what there is to the database, or leaves it in the journal for the next process. */
  @Override
  public void close() {
    CloseAll.inOrder(reader::close, () -> writer.stop(STOP));
  }
}
