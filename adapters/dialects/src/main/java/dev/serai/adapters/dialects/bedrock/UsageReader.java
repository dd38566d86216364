package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.core.chat.Usage;
import java.util.Optional;

/**
 * Reads token usage. Bedrock's {@code inputTokens} exclude tokens read from and written to the
 * cache; core's input includes them. Not thread-safe.
 */
final class UsageReader {
  private boolean reported;
  private long input;
  private long output;
  private long cached;
  private long cacheWritten;
  private long cacheWrittenHour;
  private String tier = "";

  /** Reads a {@code usage} object, or null. */
  void take(JsonCursor cursor) {
    if (cursor.takeNull()) {
      return;
    }
    reported = true;
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.INPUT_TOKENS)) {
        input = count(cursor);
      } else if (cursor.nameIs(MemberNames.OUTPUT_TOKENS)) {
        output = count(cursor);
      } else if (cursor.nameIs(MemberNames.CACHE_READ)) {
        cached = count(cursor);
      } else if (cursor.nameIs(MemberNames.CACHE_WRITTEN)) {
        cacheWritten = count(cursor);
      } else if (cursor.nameIs(MemberNames.CACHE_DETAILS) && cursor.peek() == '[') {
        takeDetails(cursor);
      } else {
        cursor.skip();
      }
    }
  }

  /** Reads a {@code serviceTier} object, or null. Core has no name for the default tier. */
  void takeTier(JsonCursor cursor) {
    if (cursor.takeNull()) {
      return;
    }
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.TIER_TYPE) && cursor.peek() == '"') {
        String type = cursor.text();
        tier = type.equals("default") ? "" : type;
      } else {
        cursor.skip();
      }
    }
  }

  private void takeDetails(JsonCursor cursor) {
    cursor.enterArray();
    while (cursor.nextElement()) {
      String ttl = "";
      long tokens = 0;
      cursor.enterObject();
      while (cursor.nextMember()) {
        if (cursor.nameIs(MemberNames.TTL) && cursor.peek() == '"') {
          ttl = cursor.text();
        } else if (cursor.nameIs(MemberNames.INPUT_TOKENS)) {
          tokens = count(cursor);
        } else {
          cursor.skip();
        }
      }
      cacheWrittenHour += ttl.equals("1h") ? tokens : 0;
    }
  }

  private static long count(JsonCursor cursor) {
    return Math.max(0, cursor.count());
  }

  /** The usage in core's terms; empty if none was reported. */
  Optional<Usage> usage() {
    return reported
        ? Optional.of(
            new Usage(input + cached + cacheWritten, output, cached, cacheWritten, 0)
                .withCacheWrittenHour(Math.min(cacheWrittenHour, cacheWritten))
                .withTier(tier))
        : Optional.empty();
  }
}
