package dev.serai.core.limit;

import dev.serai.core.problem.GatewayProblem;
import java.util.Optional;

/**
 * Bytes taken from a {@link ByteBudget}, given back when the hold is settled or released. Confined
 * to one thread at a time.
 */
public final class ByteHold extends Hold {
  private final ByteBudget budget;
  private long size;

  ByteHold(ByteBudget budget) {
    this.budget = budget;
  }

  /**
   * Grows or shrinks to a size.
   *
   * @return false if the budget has no room for it, or the hold has ended; nothing changes then
   */
  public boolean resize(long bytes) {
    if (hasEnded() || (bytes > size && !budget.tryTake(bytes - size))) {
      return false;
    }
    if (bytes < size) {
      budget.take(bytes - size);
    }
    size = bytes;
    return true;
  }

  /** Sets the size to that of bytes that exist already, whether the budget has room or not. */
  public void set(long bytes) {
    if (!hasEnded()) {
      budget.take(bytes - size);
      size = bytes;
    }
  }

  @Override
  protected void onSettle(Optional<GatewayProblem> problem) {
    onRelease();
  }

  @Override
  protected void onRelease() {
    budget.take(-size);
    size = 0;
  }
}
