package dev.serai.core.fair;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Finds the flow that was served longest ago. Flows have marks in the order of time. A flow that is
 * served gets another mark only if the present one is older than a part of the allowed time, so a
 * flow may be found late by that part, and few services cost anything. Not thread-safe.
 */
final class Starvation<F extends Flow> {
  private static final int MAX_OUTDATED = 64;

  private final Queue<Mark<F>> marks = new ArrayDeque<>(2);

  private record Mark<F extends Flow>(F flow, long nanos) {
    boolean isOutdated() {
      return !flow.isWaiting() || flow.markedNanos() != nanos;
    }
  }

  /** A flow begins to wait. */
  void add(F flow, long now, int waiting) {
    flow.servedAt(now);
    mark(flow, now);
    if (marks.size() > 2 * waiting + MAX_OUTDATED) {
      marks.removeIf(Mark::isOutdated);
    }
  }

  void mark(F flow, long now) {
    flow.markedAt(now);
    marks.add(new Mark<>(flow, now));
  }

  /** The flow that was served longest ago if that was before a time, or another one. */
  F oldest(F otherwise, long servedBefore) {
    Mark<F> oldest = marks.peek();
    while (oldest != null && oldest.isOutdated()) {
      marks.remove();
      oldest = marks.peek();
    }
    boolean starves = oldest != null && oldest.flow.servedNanos() - servedBefore <= 0;
    return starves ? oldest.flow : otherwise;
  }
}
