package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.translation.TokenCounts;
import dev.serai.core.chat.Usage;
import java.util.Optional;

/**
 * Reads token usage. Bedrock's {@code inputTokens} exclude tokens read from and written to the
 * cache; core's input includes them. Not thread-safe.
 */
final class UsageReader {
  private final TokenCounts counts = new TokenCounts();
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
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.INPUT_TOKENS)) {
        input = counts.take(cursor, input);
      } else if (cursor.nameIs(MemberNames.OUTPUT_TOKENS)) {
        output = counts.take(cursor, output);
      } else if (cursor.nameIs(MemberNames.CACHE_READ)) {
        cached = counts.take(cursor, cached);
      } else if (cursor.nameIs(MemberNames.CACHE_WRITTEN)) {
        cacheWritten = counts.take(cursor, cacheWritten);
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
          tokens = TokenCounts.part(cursor);
        } else {
          cursor.skip();
        }
      }
      cacheWrittenHour += ttl.equals("1h") ? tokens : 0;
    }
  }

  /** The usage in core's terms; empty if none was reported. */
  Optional<Usage> usage() {
    return counts.reported()
        ? Optional.of(
            new Usage(input + cached + cacheWritten, output, cached, cacheWritten, 0)
                .withCacheWrittenHour(Math.min(cacheWrittenHour, cacheWritten))
                .withTier(tier))
        : Optional.empty();
  }
}
