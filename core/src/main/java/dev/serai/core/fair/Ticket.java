package dev.serai.core.fair;

import dev.serai.core.fair.TenantFlow.SessionFlow;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The place of an attempt, in the queue and then in the window. The owner ends it once, with one of
 * {@link #succeeded}, {@link #overloaded} and {@link #leave}; an end of a ticket that still waits
 * takes it out of the queue at once. Thread-safe.
 */
public final class Ticket extends Node {
  /** Where it is. */
  enum State {
    NEW,
    WAITING,
    GRANTED,
    ENDED
  }

  private final FairGate gate;
  private final FairDemand demand;
  private final Turn turn;
  private final long askedNanos;

  /** The rest belongs to the tasks of the gate. */
  private State state = State.NEW;

  private long grantedNanos;
  private boolean full;
  private boolean boosted;
  private boolean queued;
  private volatile boolean atOnce;
  private @Nullable TenantFlow tenant;
  private @Nullable SessionFlow session;

  Ticket(FairGate gate, FairDemand demand, Turn turn, long now) {
    this.gate = gate;
    this.demand = demand;
    this.turn = turn;
    this.askedNanos = now;
    key = demand.deadlineNanos();
  }

  /** Whether the attempt did not have to wait; then its turn receives nothing. */
  public boolean isGrantedAtOnce() {
    return atOnce;
  }

  /**
   * The provider served the attempt.
   *
   * @param latencyNanos from the grant to the first token; 0 if unknown
   */
  public void succeeded(long latencyNanos) {
    gate.end(this, latencyNanos, false);
  }

  /** The provider had no capacity for the attempt. */
  public void overloaded() {
    gate.end(this, 0, true);
  }

  /** The attempt was not sent, or its end says nothing about the provider's capacity. */
  public void leave() {
    gate.end(this, 0, false);
  }

  /** Its deadline has passed: if it still waits, it is refused. */
  public void expire() {
    gate.expire(this);
  }

  FairDemand demand() {
    return demand;
  }

  Turn turn() {
    return turn;
  }

  State state() {
    return state;
  }

  void end() {
    state = State.ENDED;
  }

  void waitsIn(TenantFlow of, SessionFlow within) {
    tenant = of;
    session = within;
    state = State.WAITING;
    queued = true;
  }

  TenantFlow tenant() {
    return Objects.requireNonNull(tenant);
  }

  SessionFlow session() {
    return Objects.requireNonNull(session);
  }

  /**
   * @param isFull whether the window has no more room
   */
  void grant(long now, boolean isFull) {
    state = State.GRANTED;
    grantedNanos = now;
    full = isFull;
  }

  void grantAtOnce(long now, boolean isFull) {
    grant(now, isFull);
    atOnce = true;
  }

  long askedNanos() {
    return askedNanos;
  }

  long grantedNanos() {
    return grantedNanos;
  }

  long waitedNanos() {
    return grantedNanos - askedNanos;
  }

  /** Whether the window was full when it was granted. */
  boolean wasFull() {
    return full;
  }

  boolean wasQueued() {
    return queued;
  }

  void markBoosted() {
    boosted = true;
  }

  boolean isBoosted() {
    return boosted;
  }
}
