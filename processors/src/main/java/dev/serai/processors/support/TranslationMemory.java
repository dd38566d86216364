package dev.serai.processors.support;

import dev.serai.core.call.Call;
import dev.serai.core.json.JsonWeight;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.limit.ByteLimit;

/**
 * Takes room for what a translation of a reply holds besides the reply: its text, its objects and
 * the bytes for the client. A reply of many small values takes the {@linkplain JsonWeight weight}
 * of its objects. Thread-safe.
 */
public final class TranslationMemory {
  /** A reply of at most this length is translated without a change of the memory limit. */
  private static final int MAX_UNCOUNTED = 64 * 1024;

  private static final int COPIES = 3;

  /** A text with a character beyond U+00FF has two bytes for each of its characters in the heap. */
  private static final int WIDE_COPIES = 6;

  /** The first byte of U+0100. */
  private static final int FIRST_WIDE = 0xC4;

  private final ByteLimit memory;

  public TranslationMemory(ByteLimit memory) {
    this.memory = memory;
  }

  /**
   * Takes room until the call ends.
   *
   * @param reply as it came, in UTF-8
   * @throws dev.serai.core.problem.CapacityProblem if there is none
   */
  public void hold(Call call, byte[] reply) {
    if (reply.length > MAX_UNCOUNTED) {
      ByteHold hold = memory.hold();
      long copies = isWide(reply) ? WIDE_COPIES : COPIES;
      if (!hold.resize(Math.max(copies * reply.length, reply.length + JsonWeight.of(reply)))) {
        throw ByteLimit.exhausted();
      }
      call.hold(hold);
    }
  }

  /** Whether JSON in UTF-8 has a character beyond U+00FF, as bytes or as an escape. */
  static boolean isWide(byte[] json) {
    for (int i = 0; i < json.length; i++) {
      if ((json[i] & 0xFF) >= FIRST_WIDE) {
        return true;
      }
      if (json[i] == '\\' && i + 3 < json.length && json[++i] == 'u') {
        if (json[i + 1] != '0' || json[i + 2] != '0') {
          return true;
        }
      }
    }
    return false;
  }
}
