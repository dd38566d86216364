package dev.serai.gateway.edge.request;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Makes the ids of requests, as shown in replies ({@code x-request-id}), logs and the ledger: 32
 * lower-case hex digits. The first twelve are the time in milliseconds since 1970, so that ids sort
 * by time, as UUIDs of version 7 do (RFC 9562, section 5.7). An id that a client sends does not
 * replace it, since holds and ledger rows are keyed by the gateway's id; the reply and the log have
 * both. Thread-safe if its sources are.
 */
public final class RequestIds {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private final InstantSource clock;
  private final LongSupplier randomness;

  /**
   * @param clock for the time at the start of ids
   * @param randomness 64 random bits a call; ids are not secrets, so it need not be secure
   */
  public RequestIds(InstantSource clock, LongSupplier randomness) {
    this.clock = clock;
    this.randomness = randomness;
  }

  /** A new id. */
  @SuppressWarnings("deprecation") // this constructor does not decode: every byte is ASCII
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
