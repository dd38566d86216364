package dev.serai.core.limit;

import dev.serai.core.chat.Usage;
import dev.serai.core.problem.GatewayProblem;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Something taken from a limit: a permit, a budget's share, a place in a queue. It is either
 * settled or released, exactly once; only the first call of either has an effect. Safe for use by
 * many threads.
 */
public abstract class Hold {
  /** A no-op hold. */
  public static final Hold NONE =
      new Hold() {
        @Override
        protected void onSettle(Optional<GatewayProblem> problem) {}

        @Override
        protected void onRelease() {}
      };

  private static final AtomicIntegerFieldUpdater<Hold> ENDED =
      AtomicIntegerFieldUpdater.newUpdater(Hold.class, "ended");

  private volatile int ended;

  /**
   * The work that it was taken for is over.
   *
   * @param problem how the work failed; empty on success
   */
  public final void settle(Optional<GatewayProblem> problem) {
    if (ENDED.compareAndSet(this, 0, 1)) {
      onSettle(problem);
    }
  }

  /** The work was not done, or its result does not count: the hold counts as never taken. */
  public final void release() {
    if (ENDED.compareAndSet(this, 0, 1)) {
      onRelease();
    }
  }

  /**
   * Receives the tokens that the work took, before it is settled. Does nothing unless overridden.
   */
  public void recordUsage(Usage usage) {}

  /**
   * Receives how many pieces of text came, if nothing else counts the tokens. Does nothing unless
   * overridden.
   */
  public void recordPieces(int pieces) {}

  /** Whether it has been settled or released. */
  public final boolean hasEnded() {
    return ended != 0;
  }

  /** Accounts for the work. Must not block and must not throw. */
  protected abstract void onSettle(Optional<GatewayProblem> problem);

  /** Gives back what was taken. Must not block and must not throw. */
  protected abstract void onRelease();
}
