package dev.serai.core.fair;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A tenant, or all of them: start-time fair queueing between flows that wait (Goyal, Vin and Cheng,
 * 1996). Each flow has a start tag: the virtual time at which its next service begins. The flow
 * with the least is served, the virtual time becomes its tag, and its next tag is later by cost
 * divided by weight. A flow that did not wait begins at the present virtual time: it has saved
 * nothing and has no debt.
 *
 * <p>A flow that got nothing for long goes first at most once in {@value #BOOST_EVERY} times, so
 * that weights still count if everyone waits for long.
 *
 * <p>Tags only grow, so the heap may have outdated ones, which are too early. An element is moved,
 * or removed if its flow no longer waits, when it is first. O(log n) for each decision. Not
 * thread-safe.
 */
abstract class Flows<F extends Flow> extends Flow {
  private static final int BOOST_EVERY = 8;
  private static final int MAX_IDLE = 256;
  private static final int MAX_MEASURED = 1024;

  private final Function<String, F> maker;
  private final TagHeap<F> heap = new TagHeap<>();
  private final Starvation<F> starvation = new Starvation<>();
  private Map<String, F> byName = HashMap.newHashMap(2);
  private int active;
  private double virtualTime;
  private double totalWeight;
  private double rounds;
  private double lastFinish;
  private long order;
  private int sinceBoost;
  private boolean boosted;

  /**
   * @param maker makes a flow with a name
   */
  Flows(String name, Function<String, F> maker) {
    super(name);
    this.maker = maker;
  }

  /** The flow with a name; something is then added to it. */
  final F of(String name) {
    return byName.computeIfAbsent(name, maker);
  }

  /** How many flows are known: those that wait, and some that did. */
  final int known() {
    return byName.size();
  }

  /** The flow waits from now on. */
  final void begin(F flow, double weight, long now) {
    active++;
    totalWeight += weight;
    flow.startWaiting(virtualTime, weight, order++, rounds);
    starvation.add(flow, now, active);
    if (!flow.isInHeap()) {
      flow.putInHeap(true);
      heap.add(flow, flow.start(), flow.tie());
    }
  }

  /** The flow that is next, which is then served or ended; there must be one. */
  final F next(long now, long boostAfterNanos) {
    F first = first();
    F next = first;
    if (++sinceBoost >= BOOST_EVERY && boostAfterNanos > 0) {
      next = starvation.oldest(first, now - boostAfterNanos);
    }
    boosted = next != first;
    sinceBoost = boosted ? 0 : sinceBoost;
    if (next.isMarkedBefore(now, boostAfterNanos)) {
      starvation.mark(next, now);
    }
    next.servedAt(now);
    return next;
  }

  /** Whether the flow that is next got nothing for long. */
  final boolean isBoosted() {
    return boosted;
  }

  private F first() {
    F first = heap.first();
    while (!first.isWaiting() || first.tie() != heap.firstTie()) {
      if (first.isWaiting()) {
        heap.postponeFirst(first.start(), first.tie());
      } else {
        first.putInHeap(false);
        heap.removeFirst();
      }
      first = heap.first();
    }
    return first;
  }

  /** The flow that was next is served; for its next service it has a weight. */
  final void served(F flow, double weight) {
    if (!boosted) {
      virtualTime = Math.max(virtualTime, flow.start());
    }
    flow.account(rounds);
    double cost = flow.nextCost();
    rounds += cost / totalWeight;
    totalWeight += weight - flow.weight();
    flow.advance(cost, weight, order++);
    lastFinish = Math.max(lastFinish, flow.start());
  }

  /** The flow no longer waits. */
  final void end(F flow) {
    flow.account(rounds);
    flow.stopWaiting();
    active--;
    totalWeight -= flow.weight();
    if (active == 0) {
      totalWeight = 0; // no rounding errors are kept
      virtualTime = Math.max(virtualTime, lastFinish);
    }
    if (flow.start() <= virtualTime) {
      byName.remove(flow.name());
    }
    forgetIdle();
  }

  /** Flows with a debt are known for a while; their number is bounded. */
  private void forgetIdle() {
    int most = 2 * active + MAX_IDLE;
    if (active == 0 && !byName.isEmpty()) {
      byName = HashMap.newHashMap(2);
    } else if (byName.size() > most) {
      keep(flow -> flow.isWaiting() || flow.start() > virtualTime);
      if (byName.size() > most - MAX_IDLE / 2 - active) {
        keep(Flow::isWaiting);
      }
    }
    if (heap.size() > most) {
      heap.removeIf(this::isIdle);
    }
  }

  private void keep(Predicate<F> wanted) {
    Map<String, F> kept = HashMap.newHashMap(active);
    byName.values().stream().filter(wanted).forEach(flow -> kept.put(flow.name(), flow));
    byName = kept;
  }

  private boolean isIdle(F flow) {
    flow.putInHeap(flow.isWaiting());
    return !flow.isWaiting();
  }

  /**
   * Jain's index of what each flow got, divided by what it was entitled to, since the last time.
   */
  final double measure() {
    double sum = 0;
    double squares = 0;
    int count = 0;
    int left = MAX_MEASURED;
    for (F flow : byName.values()) {
      double ratio = flow.ratio(rounds);
      if (!Double.isNaN(ratio)) {
        sum += ratio;
        squares += ratio * ratio;
        count++;
      }
      if (--left == 0) {
        break;
      }
    }
    return squares == 0 ? 1 : sum * sum / (count * squares);
  }
}
