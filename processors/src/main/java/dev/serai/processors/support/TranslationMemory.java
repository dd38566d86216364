package dev.serai.processors.support;

import dev.serai.core.call.Call;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.limit.ByteLimit;

/**
 * Takes room for what a translation of a reply holds besides the reply: its text, its objects and
 * the bytes for the client. Thread-safe.
 */
public final class TranslationMemory {
  /** A reply of at most this length is translated without a change of the memory limit. */
  private static final int MAX_UNCOUNTED = 64 * 1024;

  private static final int COPIES = 3;

  private final ByteLimit memory;

  public TranslationMemory(ByteLimit memory) {
    this.memory = memory;
  }

  /**
   * Takes room until the call ends.
   *
   * @param length of the reply in bytes
   * @throws dev.serai.core.problem.CapacityProblem if there is none
   */
  public void hold(Call call, int length) {
    if (length > MAX_UNCOUNTED) {
      ByteHold hold = memory.hold();
      if (!hold.resize((long) COPIES * length)) {
        throw ByteLimit.exhausted();
      }
      call.hold(hold);
    }
  }
}
