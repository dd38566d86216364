package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.translation.TokenCounts;
import dev.serai.core.chat.Usage;
import java.util.Optional;

/**
 * Reads token usage. A response has it once, a stream at its start and, cumulative, at its end. The
 * last counts hold, even if they are lower than earlier ones: a later object may move tokens from
 * the input to the cache. An object whose input counts are all 0 or missing leaves the earlier
 * ones, since some providers send 0 after the start. Anthropic's {@code input_tokens} exclude
 * tokens read from and written to the cache; core's input includes them. What compactions took is
 * added: no other count includes it. Not thread-safe.
 */
final class UsageReader {
  private static final long NONE = -1;

  private final TokenCounts counts = new TokenCounts();
  private final CompactionUsage compactions = new CompactionUsage();
  private long input;
  private long output;
  private long cached;
  private long cacheWritten;
  private long thinking;
  private long hour;
  private String tier = "";

  /** Reads a {@code usage} object, or null. */
  void take(JsonCursor cursor) {
    if (cursor.takeNull()) {
      return;
    }
    cursor.enterObject();
    long newInput = NONE;
    long newCached = NONE;
    long newWritten = NONE;
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.INPUT_TOKENS)) {
        newInput = counts.take(cursor, NONE);
      } else if (cursor.nameIs(MemberNames.OUTPUT_TOKENS)) {
        output = counts.take(cursor, output);
      } else if (cursor.nameIs(MemberNames.CACHE_READ)) {
        newCached = counts.take(cursor, NONE);
      } else if (cursor.nameIs(MemberNames.CACHE_WRITTEN)) {
        newWritten = counts.take(cursor, NONE);
      } else if (cursor.nameIs(MemberNames.OUTPUT_DETAILS) && cursor.peek() == '{') {
        thinking = part(cursor, MemberNames.THINKING_TOKENS);
      } else if (cursor.nameIs(MemberNames.CACHE_CREATION) && cursor.peek() == '{') {
        hour = Math.max(hour, part(cursor, MemberNames.HOUR_TOKENS));
      } else if (cursor.nameIs(MemberNames.SERVICE_TIER) && cursor.peek() == '"') {
        tier = cursor.text();
      } else if (cursor.nameIs(MemberNames.ITERATIONS) && cursor.peek() == '[') {
        compactions.take(cursor);
      } else {
        cursor.skip();
      }
    }
    takeInput(newInput, newCached, newWritten);
  }

  private void takeInput(long newInput, long newCached, long newWritten) {
    if (newInput > 0 || newCached > 0 || newWritten > 0) {
      input = last(newInput, input);
      cached = last(newCached, cached);
      cacheWritten = last(newWritten, cacheWritten);
    }
  }

  /** A count that is missing leaves the earlier one. */
  private static long last(long count, long before) {
    return count < 0 ? before : count;
  }

  /** Reads one count of an object; 0 if it is missing. */
  static long part(JsonCursor cursor, byte[] name) {
    long count = 0;
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(name)) {
        count = TokenCounts.part(cursor);
      } else {
        cursor.skip();
      }
    }
    return count;
  }

  /** The usage so far in core's terms; empty if none was reported. */
  Optional<Usage> usage() {
    if (!counts.reported()) {
      return Optional.empty();
    }
    Usage usage =
        new Usage(
            input + cached + cacheWritten,
            output,
            cached,
            cacheWritten,
            thinking,
            Math.min(hour, cacheWritten),
            0,
            0,
            tier.equals("standard") ? "" : tier);
    return Optional.of(compactions.total().plus(usage));
  }
}
