package dev.serai.core.fair;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the scheduler has done, for metrics. Thread-safe. */
public final class FairCounts {
  final LongAdder granted = new LongAdder();
  final LongAdder enqueued = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final LongAdder boosted = new LongAdder();
  final AtomicInteger waiting = new AtomicInteger();

  FairCounts() {}

  /** Attempts that may be sent, whether they waited or not. */
  public long granted() {
    return granted.sum();
  }

  /** Attempts that had to wait. */
  public long enqueued() {
    return enqueued.sum();
  }

  /** Attempts that were refused, or left the queue without a grant. */
  public long dropped() {
    return dropped.sum();
  }

  /** Grants to a tenant that had got nothing for long. */
  public long boosted() {
    return boosted.sum();
  }

  /** Attempts that wait now. */
  public int waiting() {
    return waiting.get();
  }
}
