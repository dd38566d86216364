package dev.serai.core.fair;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The place of an attempt, in the queue and then in the window. The owner ends it once, with one of
 * {@link #succeeded}, {@link #overloaded} and {@link #leave}; an end of a ticket that still waits
 * takes it out of the queue at once. Thread-safe.
 */
public final class Ticket {
  /** Where it is. */
  enum State {
    NEW,
    WAITING,
    GRANTED,
    ENDED
  }

  private final FairGate gate;
  private final FairDemand demand;
  private final long askedNanos;
  private volatile boolean grantedAtOnce;

  /** The rest belongs to the tasks of the gate. */
  private State state = State.NEW;

  private long grantedNanos;
  private boolean full;
  private boolean boosted;
  private @Nullable GrantListener listener;
  private @Nullable TenantFlow tenant;
  private @Nullable SessionFlow session;
  private @Nullable Ticket next;

  Ticket(FairGate gate, FairDemand demand, GrantListener listener, long now) {
    this.gate = gate;
    this.demand = demand;
    this.listener = listener;
    this.askedNanos = now;
  }

  /** Whether the attempt did not have to wait; then its listener receives nothing. */
  public boolean isGrantedAtOnce() {
    return grantedAtOnce;
  }

  /**
   * The provider served the attempt.
   *
   * @param firstTokenNanos ticker time of the first token
   */
  public void succeeded(long firstTokenNanos) {
    gate.served(this, firstTokenNanos);
  }

  /** The provider had no capacity for the attempt. */
  public void overloaded() {
    gate.overloaded(this);
  }

  /** The attempt was not sent, or it ended for a reason other than the provider's capacity. */
  public void leave() {
    gate.left(this);
  }

  /** Its deadline has passed: if it still waits, it is refused. */
  public void expire() {
    gate.expire(this);
  }

  FairDemand demand() {
    return demand;
  }

  State state() {
    return state;
  }

  boolean hasEnded() {
    return state == State.ENDED;
  }

  /**
   * Its listener is not known any more, since an ended ticket may stay in the queue for a while.
   */
  void end() {
    state = State.ENDED;
    listener = null;
  }

  /** The listener, which then receives the outcome. */
  GrantListener takeListener() {
    GrantListener taken = Objects.requireNonNull(listener);
    listener = null;
    return taken;
  }

  void waitsIn(TenantFlow of, SessionFlow within) {
    tenant = of;
    session = within;
    state = State.WAITING;
  }

  /** The ticket behind it in the line of its session. */
  @Nullable Ticket next() {
    return next;
  }

  void linkTo(@Nullable Ticket behind) {
    next = behind;
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

  void grantAtOnce(boolean isFull) {
    grant(askedNanos, isFull);
    listener = null;
    grantedAtOnce = true;
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
    return tenant != null;
  }

  void markBoosted() {
    boosted = true;
  }

  boolean isBoosted() {
    return boosted;
  }
}
