package dev.serai.gateway.edge;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Makes the ids that requests are known by, in replies ({@code x-request-id}), logs and the ledger:
 * 32 lower-case hex digits, of which the first twelve are the time in milliseconds since 1970, so
 * that ids grow as the ledger does (as those of RFC 9562, section 5.7). An id that a client sends
 * along is never taken over, since holds and ledger rows are keyed by ours; steps may read it from
 * the request's headers. Thread-safe if its source is.
 */
public final class RequestIds {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private final InstantSource clock;
  private final LongSupplier randomness;

  /**
   * @param clock tells the time that ids begin with
   * @param randomness 64 random bits a call; ids are not secrets, so it need not be secure
   */
  public RequestIds(InstantSource clock, LongSupplier randomness) {
    this.clock = clock;
    this.randomness = randomness;
  }

  /** A new id. */
  @SuppressWarnings("deprecation") // the constructor that does not decode: every byte is ASCII
  public String next() {
    byte[] digits = new byte[32];
    write(digits, 0, clock.millis() << 16 | (randomness.getAsLong() & 0xffff));
    write(digits, 16, randomness.getAsLong());
    return new String(digits, 0, 0, digits.length);
  }

  private static void write(byte[] digits, int from, long bits) {
    for (int i = 0; i < 16; i++) {
      digits[from + i] = HEX[(int) (bits >>> (60 - 4 * i)) & 0xf];
    }
  }
}
