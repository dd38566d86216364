package dev.serai.core.rate.shared;

import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.rate.shared.RateExchange.Reply;
import dev.serai.core.rate.shared.RateReports.Pending;
import dev.serai.core.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The thread that exchanges counts with the other gateways. Its state is read by any thread. */
final class RateSync {
  private static final long INTERVAL = Duration.ofMillis(100).toNanos();
  private static final long RETRY = Duration.ofSeconds(1).toNanos();
  private static final long HEARTBEAT = Duration.ofMillis(500).toNanos();

  /** Counts that are older are not those of the others. */
  private static final long MAX_AGE = Duration.ofSeconds(2).toNanos();

  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final Ticker ticker;
  private final Others others;
  private final SharedRates.Listener listener;
  private final BackgroundThread thread;
  private final AtomicLong exchanges = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile int gateways = 1;
  private volatile boolean up;
  private volatile long exchanged;
  private boolean reported;
  private @Nullable Pending pending;

  /** How the others are reached. */
  record Others(RateExchange exchange, RateReports reports, SharedClock clock) {}

  RateSync(Ticker ticker, BackgroundThreads threads, Others others, SharedRates.Listener listener) {
    this.ticker = ticker;
    this.others = others;
    this.listener = listener;
    this.thread = threads.make("shared-limits", this::run);
  }

  void start() {
    thread.start();
  }

  void close() {
    thread.stopAndJoin(CLOSING);
  }

  /** How often each unit counts: once, or while the others are away once for each gateway. */
  int weight() {
    int all = gateways;
    return all == 1 || isShared() ? 1 : all;
  }

  boolean isShared() {
    return up && ticker.nanos() - exchanged < MAX_AGE;
  }

  int gateways() {
    return gateways;
  }

  long exchanges() {
    return exchanges.get();
  }

  long failures() {
    return failures.get();
  }

  private void run(BackgroundThread running) {
    try {
      while (!running.isStopping()) {
        exchangeAll();
        LockSupport.parkNanos(this, up ? INTERVAL : RETRY);
      }
      if (up) {
        exchangeAll();
      }
    } finally {
      up = false;
      others.exchange.close();
    }
  }

  private void exchangeAll() {
    List<List<SharedWindow>> due = others.reports.due();
    if (due.isEmpty() && up && ticker.nanos() - exchanged < HEARTBEAT) {
      return;
    }
    try {
      sendAgain();
      boolean late = !isShared();
      int weight = late ? gateways : 1;
      for (List<SharedWindow> each : due.isEmpty() ? List.of(List.<SharedWindow>of()) : due) {
        Pending next = others.reports.drain(each, weight, late, ticker.nanos());
        pending = next;
        others.reports.apply(next, send(next));
      }
      succeeded();
    } catch (IOException e) {
      failed(e);
    }
  }

  /** Sends the report that has no reply, if there is one. The next reports have its windows too. */
  private void sendAgain() throws IOException {
    Pending lost = pending;
    if (lost != null) {
      send(lost);
    }
  }

  private List<Double> send(Pending report) throws IOException {
    Reply reply = others.exchange.exchange(report.at(ticker.nanos()));
    pending = null;
    others.clock.set(reply.millis());
    gateways = Math.max(1, reply.gateways());
    return reply.taken();
  }

  private void succeeded() {
    exchanged = ticker.nanos();
    exchanges.incrementAndGet();
    if (!up) {
      up = true;
      reported = true;
      listener.shared(gateways);
    }
  }

  private void failed(IOException why) {
    failures.incrementAndGet();
    if (up || !reported) {
      up = false;
      reported = true;
      listener.alone(String.valueOf(why.getMessage()), gateways);
    }
  }
}
