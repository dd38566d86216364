package dev.serai.memory.responses;

import dev.serai.core.responses.StoredResponse;
import dev.serai.core.time.Ticker;
import dev.serai.memory.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that brings answers to the database. What waits is bounded in bytes: what there is no
 * room for stays in memory only. While the database does not take it, it is asked again, at first
 * soon, then every few seconds. Thread-safe.
 */
final class ResponseBatchWriter implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ResponseBatchWriter.class);
  private static final long MOST_WAITING = 32L * 1024 * 1024;
  private static final int MOST_AT_ONCE = 64;
  private static final long GATHER = Duration.ofMillis(20).toNanos();
  private static final long FIRST_WAIT = Duration.ofMillis(250).toNanos();
  private static final long LONGEST_WAIT = Duration.ofSeconds(4).toNanos();
  private static final long SWEEP = Duration.ofMinutes(10).toNanos();
  private static final int SWEEP_AFTER = 1000;

  private final Database database;
  private final ResponseStoreLimits limits;
  private final InstantSource clock;
  private final Ticker ticker = Ticker.SYSTEM;
  private final Queue<Work> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicBoolean left = new AtomicBoolean();
  private final Thread thread = Thread.ofPlatform().name("responses").daemon().unstarted(this);
  private volatile boolean stopping;
  private @Nullable Connection connection;
  private boolean down;
  private long sweptNanos;
  private int addedSinceSweep = SWEEP_AFTER;
  private int atOnce = MOST_AT_ONCE;

  /** Something to be done, in the order in which it was asked for. */
  private sealed interface Work {
    record Add(String tenant, StoredResponse response, long keptMillis) implements Work {
      long size() {
        return (long) response.request().length + response.response().length;
      }
    }

    record Forget(String tenant, String id, CompletableFuture<Boolean> found) implements Work {
      boolean fail(SQLException why) {
        found.completeExceptionally(why);
        return true;
      }
    }
  }

  ResponseBatchWriter(Database database, ResponseStoreLimits limits, InstantSource clock) {
    this.database = database;
    this.limits = limits;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  /** Takes an answer; never blocks. */
  void add(String tenant, StoredResponse response) {
    Work.Add work = new Work.Add(tenant, response, clock.millis());
    if (waitingBytes.addAndGet(work.size()) > MOST_WAITING) {
      waitingBytes.addAndGet(-work.size());
      if (left.compareAndSet(false, true)) {
        LOG.error("the response {} and some after it are kept in memory only", response.id());
      }
      return;
    }
    waiting.add(work);
    LockSupport.unpark(thread);
  }

  /** Whether it was there, once it is not any more; fails if the database does not take that. */
  CompletableFuture<Boolean> forget(String tenant, String id) {
    Work.Forget work = new Work.Forget(tenant, id, new CompletableFuture<>());
    waiting.add(work);
    LockSupport.unpark(thread);
    return work.found;
  }

  /** Brings what waits to the database, but takes no longer than that. */
  void stop(Duration atMost) throws InterruptedException {
    stopping = true;
    LockSupport.unpark(thread);
    thread.join(atMost);
  }

  @Override
  public void run() {
    long failedWait = 0;
    sweptNanos = ticker.nanos();
    while (!stopping || (!done() && failedWait == 0)) {
      if (done()) {
        LockSupport.parkNanos(this, SWEEP);
      } else if (failedWait == 0) {
        LockSupport.parkNanos(this, stopping ? 1 : GATHER);
      }
      failedWait = round() ? 0 : Math.clamp(failedWait * 2, FIRST_WAIT, LONGEST_WAIT);
      if (failedWait > 0 && !stopping) {
        LockSupport.parkNanos(this, failedWait);
      }
    }
    disconnect();
  }

  private boolean done() {
    return waiting.isEmpty();
  }

  /** One transaction; what failed is tried again, one by one. */
  private boolean round() {
    List<Work> batch = new ArrayList<>();
    for (Work work : waiting) {
      if (batch.size() == atOnce) {
        break;
      }
      batch.add(work);
    }
    boolean due = ticker.nanos() - sweptNanos > SWEEP || addedSinceSweep >= SWEEP_AFTER;
    if (batch.isEmpty() && !due) {
      return true;
    }
    try {
      Connection open = connect();
      List<Runnable> told = new ArrayList<>();
      for (Work work : batch) {
        told.add(perform(open, work));
      }
      if (due) {
        ResponseTable.sweep(open, clock.millis(), limits.databaseBytes());
      }
      open.commit();
      batch.forEach(done -> waiting.remove());
      told.forEach(Runnable::run);
      atOnce = MOST_AT_ONCE;
      swept(due);
      return true;
    } catch (SQLException e) {
      return failed(batch, e);
    }
  }

  private void swept(boolean due) {
    if (due) {
      sweptNanos = ticker.nanos();
      addedSinceSweep = 0;
    }
    if (down) {
      LOG.info("the database takes responses again");
    }
    down = false;
    left.set(false);
  }

  /** Does it, within a transaction; what it returns is to be run when that is over. */
  private Runnable perform(Connection open, Work work) throws SQLException {
    return switch (work) {
      case Work.Add add -> {
        long until = add.keptMillis + limits.retention().toMillis();
        ResponseTable.Times times = new ResponseTable.Times(add.keptMillis, until);
        ResponseTable.add(open, add.tenant, add.response, times);
        yield () -> {
          addedSinceSweep++;
          waitingBytes.addAndGet(-add.size());
        };
      }
      case Work.Forget forget -> {
        boolean wanted = !forget.found.isDone();
        boolean found = wanted && ResponseTable.forget(open, forget.tenant, forget.id);
        yield () -> forget.found.complete(found);
      }
    };
  }

  /** Whether it may go on at once: without what the database will never take. */
  private boolean failed(List<Work> batch, SQLException e) {
    disconnect();
    String state = e.getSQLState();
    boolean refused = state != null && (state.startsWith("22") || state.startsWith("23"));
    boolean collided = state != null && state.startsWith("40"); // with another gateway's
    if (refused && batch.size() == 1) {
      LOG.error("the database refuses a response, which is kept in memory only: {}", state);
      drop(waiting.remove(), e);
      return true;
    }
    boolean oneByOne = atOnce > 1 && (refused || collided);
    atOnce = 1;
    if (oneByOne) {
      return true;
    }
    if (!down) {
      LOG.error("the database takes no responses, which wait in memory: {}", e.getMessage());
      LOG.debug("the database's failure", e);
    }
    down = true;
    waiting.removeIf(work -> work instanceof Work.Forget forget && forget.fail(e));
    return false;
  }

  private void drop(Work work, SQLException why) {
    switch (work) {
      case Work.Add add -> waitingBytes.addAndGet(-add.size());
      case Work.Forget forget -> forget.fail(why);
    }
  }

  private Connection connect() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = database.connect();
      open.setAutoCommit(false);
      connection = open;
    }
    return open;
  }

  private void disconnect() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        LOG.debug("a broken connection", e);
      }
    }
  }
}
