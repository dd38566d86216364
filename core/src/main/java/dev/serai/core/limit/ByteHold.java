package dev.serai.core.limit;

import dev.serai.core.problem.GatewayProblem;
import java.util.Optional;

/**
 * Bytes taken from a {@link ByteLimit}, given back when the hold is settled or released. Confined
 * to one thread at a time.
 */
public final class ByteHold extends Hold {
  private final ByteLimit memory;
  private long size;

  ByteHold(ByteLimit memory) {
    this.memory = memory;
  }

  /**
   * Grows or shrinks to a size.
   *
   * @return false if the memory limit has no room for it, or the hold has ended; nothing changes
   *     then
   */
  public boolean resize(long bytes) {
    if (hasEnded() || (bytes > size && !memory.tryTake(bytes - size))) {
      return false;
    }
    if (bytes < size) {
      memory.take(bytes - size);
    }
    size = bytes;
    return true;
  }

  /**
   * Sets the size to that of bytes that exist already, whether the memory limit has room or not.
   */
  public void set(long bytes) {
    if (!hasEnded()) {
      memory.take(bytes - size);
      size = bytes;
    }
  }

  @Override
  protected void onSettle(Optional<GatewayProblem> problem) {
    onRelease();
  }

  @Override
  protected void onRelease() {
    memory.take(-size);
    size = 0;
  }
}
