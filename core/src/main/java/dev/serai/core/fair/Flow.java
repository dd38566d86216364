package dev.serai.core.fair;

/** A tenant or session among others: its place in virtual time, what it got. Not thread-safe. */
abstract class Flow {
  /** Marks in the time after which a flow goes first. */
  private static final int MARKS = 16;

  private static final double MIN_COST = 1.0 / 16;

  private final String name;
  private double weight;
  private double start;
  private long tie;
  private boolean waiting;
  private boolean inHeap;
  private long servedNanos;
  private long markedNanos;
  private double debt;

  private double received;
  private double entitled;
  private double round;

  Flow(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Whether something of it waits. */
  boolean isWaiting() {
    return waiting;
  }

  /** The share of it, compared to other flows, in its next service. */
  double weight() {
    return weight;
  }

  /** The virtual time at which its next service begins, or its latest one was over. */
  double start() {
    return start;
  }

  /** Decides between equal starts. */
  long tie() {
    return tie;
  }

  /** When it was served last, or began to wait. */
  long servedNanos() {
    return servedNanos;
  }

  void servedAt(long nanos) {
    servedNanos = nanos;
  }

  /** Whether it is in the heap, even if it no longer waits. */
  boolean isInHeap() {
    return inHeap;
  }

  void putInHeap(boolean isIn) {
    inHeap = isIn;
  }

  /** The time of its latest mark in {@link Starvation}. */
  long markedNanos() {
    return markedNanos;
  }

  /** Whether it has no mark of late, so that it needs another one. */
  boolean isMarkedBefore(long now, long boostAfterNanos) {
    return boostAfterNanos > 0 && now - markedNanos > boostAfterNanos / MARKS;
  }

  void markedAt(long nanos) {
    markedNanos = nanos;
  }

  /** It waits from now on, and is not served before a virtual time. */
  void startWaiting(double earliest, double share, long order, double rounds) {
    waiting = true;
    start = Math.max(earliest, start);
    weight = share;
    tie = order;
    round = rounds;
  }

  void stopWaiting() {
    waiting = false;
  }

  /** It was served for a cost; the next time it has another share. */
  void advance(double cost, double share, long order) {
    received += cost;
    start += cost / weight;
    weight = share;
    tie = order;
  }

  /** What earlier service took beyond what was expected of it; negative if less. */
  void charge(double extra) {
    debt += extra;
  }

  /** The cost of the next service: 1, and what earlier service took beyond it. */
  double nextCost() {
    double owed = 1 + debt;
    double cost = Math.max(MIN_COST, owed);
    debt = owed - cost;
    return cost;
  }

  /** Brings what it was entitled to while it waited up to date. */
  void account(double rounds) {
    if (waiting) {
      entitled += weight * (rounds - round);
      round = rounds;
    }
  }

  /** What it got of what it was entitled to, since the last call of this; NaN if nothing. */
  double ratio(double rounds) {
    account(rounds);
    double ratio = entitled >= 1 ? received / entitled : Double.NaN;
    received = 0;
    entitled = 0;
    return ratio;
  }
}
