package dev.serai.core.fair;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Start-time fair queueing between flows that wait (Goyal, Vin and Cheng, 1996). Each flow has a
 * start tag: the virtual time at which its next service begins. The flow with the least is served,
 * the virtual time becomes its tag, and its next tag is later by cost divided by weight. A flow
 * that did not wait begins at the present virtual time: it has saved nothing and owes nothing.
 *
 * <p>A flow that got nothing for long goes first, at most once in {@value #BOOST_EVERY} times, so
 * that weights still count if everyone waits for long. O(log n) for each decision. Not thread-safe.
 */
final class Flows<F extends Flow> {
  static final int BOOST_EVERY = 8;

  private final Heap<F> waiting = new Heap<>();

  /** Those that wait are a list too: first the one that was served longest ago. */
  private @Nullable Flow oldest;

  private @Nullable Flow newest;
  private double virtualTime;
  private double totalWeight;
  private double rounds;
  private double lastFinish;
  private long sequence;
  private int sinceBoost;

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** The sum of the weights of those that wait. */
  double totalWeight() {
    return totalWeight;
  }

  /** Whether the flow has used what it was served, so that it can be forgotten. */
  boolean isSettled(F flow) {
    return flow.place < 0 && flow.finish <= virtualTime;
  }

  void add(F flow, double weight, long now) {
    flow.weight = weight;
    flow.key = Math.max(virtualTime, flow.finish);
    flow.tie = sequence++;
    flow.since = now;
    flow.round = rounds;
    totalWeight += weight;
    waiting.add(flow);
    append(flow);
  }

  void remove(F flow) {
    account(flow);
    totalWeight -= flow.weight;
    waiting.remove(flow);
    unlink(flow);
    if (waiting.isEmpty()) {
      totalWeight = 0; // no rounding errors are kept
      virtualTime = Math.max(virtualTime, lastFinish);
    }
  }

  /** Brings what the flow is entitled to up to date. */
  void account(F flow) {
    if (flow.place >= 0) {
      flow.entitled += flow.weight * (rounds - flow.round);
      flow.round = rounds;
    }
  }

  /** Whether the flow that was served longest ago goes first. */
  boolean isBoosted(long now, long boostAfterNanos) {
    return boostAfterNanos > 0
        && sinceBoost >= BOOST_EVERY - 1
        && now - oldest().since >= boostAfterNanos
        && oldest() != waiting.first();
  }

  @SuppressWarnings("unchecked") // only an F is added
  private F oldest() {
    return (F) Objects.requireNonNull(oldest);
  }

  /** The flow that is next; there must be one. */
  F next(boolean boosted) {
    sinceBoost = boosted ? 0 : sinceBoost + 1;
    return boosted ? oldest() : waiting.first();
  }

  /** The flow was served, and waits for more. */
  void served(F flow, boolean boosted, long now, double weight) {
    account(flow);
    double cost = flow.nextCost();
    rounds += cost / totalWeight;
    flow.received += cost;
    if (!boosted) {
      virtualTime = Math.max(virtualTime, flow.key);
    }
    flow.finish = flow.key + cost / flow.weight;
    lastFinish = Math.max(lastFinish, flow.finish);
    totalWeight += weight - flow.weight;
    flow.weight = weight;
    flow.key = flow.finish;
    flow.since = now;
    waiting.update(flow);
    unlink(flow);
    append(flow);
  }

  private void append(Flow flow) {
    flow.before = newest;
    flow.after = null;
    if (newest == null) {
      oldest = flow;
    } else {
      newest.after = flow;
    }
    newest = flow;
  }

  private void unlink(Flow flow) {
    Flow before = flow.before;
    Flow after = flow.after;
    if (before == null) {
      oldest = after;
    } else {
      before.after = after;
    }
    if (after == null) {
      newest = before;
    } else {
      after.before = before;
    }
  }
}
