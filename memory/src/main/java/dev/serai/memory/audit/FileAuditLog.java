package dev.serai.memory.audit;

import dev.serai.core.audit.AuditEvent;
import dev.serai.core.audit.AuditLog;
import dev.serai.core.audit.AuditQuery;
import dev.serai.core.audit.AuditVerification;
import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.caller.Identity;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.cause.FailureText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log in the folder of the state. Events that are appended later wait in a queue of
 * {@value #MAX_WAITING}; a background thread appends them. The last quarter of the maximum size is
 * for privileged requests that are served: refused ones cannot fill the log. Thread-safe.
 */
public final class FileAuditLog implements AuditLog, AutoCloseable {
  static final int MAX_WAITING = 1024;
  private static final int MAX_BATCH = 64;

  private static final Logger LOG = LoggerFactory.getLogger(FileAuditLog.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);
  private static final Duration STOP = Duration.ofSeconds(5);
  private static final long PAUSE = Duration.ofSeconds(1).toNanos();
  private static final int SEGMENT_BYTES = 8 * 1024 * 1024;
  private static final AuditEvent.Action NO_REQUEST = new AuditEvent.Action("", "", "", "", "");

  private final AuditFolder folder;
  private final Path place;
  private final long maxBytes;
  private final InstantSource clock;
  private final BackgroundThread thread;
  private final Queue<AuditEvent> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong unrecordedDrops = new AtomicLong();
  private volatile boolean failing;

  /**
   * Creates nothing yet.
   *
   * @param state the folder of the state; the log is in {@code audit} there
   * @param maxBytes the size at which privileged requests are refused
   */
  public FileAuditLog(Path state, long maxBytes, InstantSource clock, BackgroundThreads threads) {
    this.place = state.resolve("audit");
    this.maxBytes = maxBytes;
    this.clock = clock;
    this.folder =
        new AuditFolder(place, Math.min(SEGMENT_BYTES, Math.max(1, maxBytes / 8)), maxBytes);
    this.thread = threads.make("audit", this::appendUntilStopped);
  }

  /** Starts to append what was appended later. */
  public void start() {
    thread.start();
  }

  @Override
  public void append(AuditEvent event) {
    try {
      append(List.of(event), 0);
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private synchronized void append(List<AuditEvent> events, long reserved) throws IOException {
    try {
      folder.append(events, reserved);
      failing = false;
    } catch (IOException e) {
      boolean withinReserve = reserved > 0 && e instanceof AuditFolder.FullException;
      if (!failing && !withinReserve) {
        LOG.error(
            "audit: entries cannot be appended in {}; requests that manage the gateway are refused"
                + " until it has space and permission: {}",
            place,
            FailureText.of(e));
      }
      failing |= !withinReserve;
      throw e;
    }
  }

  private static CapacityProblem unavailable(IOException why) {
    return why instanceof AuditFolder.FullException
        ? new CapacityProblem(
            "audit_full",
            "The audit log is full, so requests that change the gateway are refused. Move its"
                + " oldest files elsewhere, or raise state.audit_megabytes.",
            RETRY_AFTER)
        : new CapacityProblem(
            "audit_unavailable",
            "The audit log cannot be used; the log of the gateway says why. Requests that change"
                + " the gateway are refused until it can.",
            RETRY_AFTER);
  }

  @Override
  public void appendLater(AuditEvent event) {
    if (waitingCount.incrementAndGet() <= MAX_WAITING) {
      waiting.add(event);
      thread.unpark();
    } else {
      waitingCount.decrementAndGet();
      dropped.incrementAndGet();
      unrecordedDrops.incrementAndGet();
    }
  }

  private void appendUntilStopped(BackgroundThread self) throws IOException {
    while (!self.isStopping()) {
      if (waiting.isEmpty()) {
        LockSupport.parkNanos(this, PAUSE);
      }
      appendWaiting();
    }
    appendWaiting();
  }

  private void appendWaiting() throws IOException {
    while (!waiting.isEmpty() || unrecordedDrops.get() > 0) {
      appendBatch();
    }
  }

  /** Events stay in the queue until they are stored; if the log is full for them, they are lost. */
  private void appendBatch() throws IOException {
    List<AuditEvent> events = new ArrayList<>(MAX_BATCH + 1);
    waiting.stream().limit(MAX_BATCH).forEach(events::add);
    int taken = events.size();
    long lost = unrecordedDrops.getAndSet(0);
    if (lost > 0) {
      events.add(note("dropped_" + lost));
    }
    try {
      append(events, maxBytes / 4);
    } catch (AuditFolder.FullException _) {
      dropped.addAndGet(taken - appendServed(events));
    } catch (IOException e) {
      unrecordedDrops.addAndGet(lost);
      throw e;
    }
    for (int i = 0; i < taken; i++) {
      waiting.remove();
    }
    waitingCount.addAndGet(-taken);
  }

  /** Appends the ends of requests that were served to the last quarter; returns how many. */
  private int appendServed(List<AuditEvent> events) throws IOException {
    List<AuditEvent> served =
        events.stream().filter(event -> event.kind() == AuditEvent.Kind.DONE).toList();
    if (served.isEmpty()) {
      return 0;
    }
    try {
      append(served, 0);
      return served.size();
    } catch (AuditFolder.FullException _) {
      return 0;
    }
  }

  private AuditEvent note(String code) {
    return new AuditEvent(
        AuditEvent.Kind.NOTE,
        clock.instant(),
        Identity.recorded("", "", "", ""),
        NO_REQUEST,
        0,
        code);
  }

  @Override
  public List<String> entries(AuditQuery query) {
    try {
      List<String> found = new ArrayList<>();
      for (Path segment : folder.segments().reversed()) {
        for (String line : AuditSegment.lines(segment).reversed()) {
          if (found.size() >= query.limit()) {
            return found;
          }
          AuditLine.read(line)
              .filter(entry -> entry.matches(query))
              .ifPresent(e -> found.add(line));
        }
      }
      return found;
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  @Override
  public AuditVerification verify() {
    try {
      return AuditVerifier.verify(folder);
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  /** The size of the log in bytes; 0 if it cannot be read. */
  public long bytes() {
    try {
      return folder.bytes();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Events that were dropped because too many waited. */
  public long dropped() {
    return dropped.get();
  }

  /** Appends what waits, or drops it. */
  @Override
  public void close() {
    thread.stopAndJoin(STOP);
  }
}
