package dev.serai.adapters.dialects.translation;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.core.chat.Usage;

/**
 * Reads the token counts of a usage object, and tells whether they can be trusted. A count is a
 * whole number of JSON in any form ({@code 10}, {@code 10.0}, {@code 1e1}) from 0 to below {@link
 * Usage#MAX_TOKENS}. An object with a count that is anything else reports no usage: Serai then
 * estimates the tokens, as for a provider that reports none. Null is the same as no member. Not
 * thread-safe.
 */
public final class TokenCounts {
  private static final long NONE = -1;

  private boolean counted;
  private boolean unreadable;

  /** Takes a count that the usage needs; {@code before} if it is null or cannot be read. */
  public long take(JsonCursor cursor, long before) {
    if (cursor.takeNull()) {
      return before;
    }
    long count = read(cursor);
    counted |= count >= 0;
    unreadable |= count < 0;
    return count < 0 ? before : count;
  }

  /** Takes a count that only describes a part of another one; 0 if it cannot be read. */
  public static long part(JsonCursor cursor) {
    return Math.max(0, read(cursor));
  }

  /** Whether there was a count, and every count could be read. */
  public boolean reported() {
    return counted && !unreadable;
  }

  private static long read(JsonCursor cursor) {
    long count = cursor.wholeNumber();
    return count < Usage.MAX_TOKENS ? count : NONE;
  }
}
