package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.core.chat.Usage;
import java.util.Optional;

/**
 * Tokens as Anthropic counts them, told once or, in a stream, twice: at the start and, cumulative,
 * at the end. What the answer took counts as it was told last, be it less than before; what the
 * prompt took is known from the start, and who leaves it at 0 later has not counted it again. Its
 * {@code input_tokens} leave out what was read from and written to the cache; here they are put in.
 * Not thread-safe.
 */
final class UsageReader {
  private boolean told;
  private long input;
  private long output;
  private long cached;
  private long cacheWritten;
  private long thinking;
  private long hour;
  private String tier = "";

  /** Takes a {@code usage} object, or null. */
  void take(JsonCursor cursor) {
    if (cursor.takeNull()) {
      return;
    }
    cursor.enterObject();
    told = true;
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.INPUT_TOKENS)) {
        input = Math.max(input, cursor.count());
      } else if (cursor.nameIs(MemberNames.OUTPUT_TOKENS)) {
        output = last(cursor.count(), output);
      } else if (cursor.nameIs(MemberNames.CACHE_READ)) {
        cached = Math.max(cached, cursor.count());
      } else if (cursor.nameIs(MemberNames.CACHE_WRITTEN)) {
        cacheWritten = Math.max(cacheWritten, cursor.count());
      } else if (cursor.nameIs(MemberNames.OUTPUT_DETAILS) && cursor.peek() == '{') {
        thinking = takePart(cursor, MemberNames.THINKING_TOKENS);
      } else if (cursor.nameIs(MemberNames.CACHE_CREATION) && cursor.peek() == '{') {
        hour = Math.max(hour, takePart(cursor, MemberNames.HOUR_TOKENS));
      } else if (cursor.nameIs(MemberNames.SERVICE_TIER) && cursor.peek() == '"') {
        tier = cursor.text();
      } else {
        cursor.skip();
      }
    }
  }

  /** A count that is null or no number was not told. */
  private static long last(long told, long before) {
    return told < 0 ? before : told;
  }

  /** Takes an object of which one count matters; 0 if it is not there. */
  private static long takePart(JsonCursor cursor, byte[] name) {
    long count = 0;
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(name)) {
        count = Math.max(0, cursor.count());
      } else {
        cursor.skip();
      }
    }
    return count;
  }

  /** The count so far, normalised; empty if none was told. */
  Optional<Usage> usage() {
    if (!told) {
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
    return Optional.of(usage);
  }
}
