package dev.serai.processors.support.stream;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.limit.ByteHold;

/**
 * The room that the events of a response take in the memory limit while they wait to be sent. For
 * one stream; not thread-safe.
 */
public final class ResponseRoom {
  /** What an event takes besides its text, in bytes. */
  private static final int EVENT = 64;

  /** A text is there as an event, as a part of a response and as a text that is searched. */
  private static final int BYTES_PER_CHARACTER = 3;

  /** How much more room is taken at a time. */
  private static final int STEP = 64 * 1024;

  private final ByteHold hold;
  private long used;
  private long taken;

  /**
   * @param hold of the call, which releases it
   */
  public ResponseRoom(ByteHold hold) {
    this.hold = hold;
  }

  /** Takes room for an event; false if there is none. */
  public boolean take(ChatEvent event) {
    used += EVENT + (long) BYTES_PER_CHARACTER * StreamedResponse.length(event);
    if (used <= taken) {
      return true;
    }
    taken = used + STEP;
    return hold.resize(taken);
  }

  /** Releases all of it. */
  public void release() {
    hold.resize(0);
  }
}
