package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.translation.TokenCounts;
import dev.serai.core.chat.Usage;

/**
 * Reads what the provider's compactions of a context took: the entries of that type in {@code
 * usage.iterations}. They are charged for, and the counts beside the entries do not include them
 * ("Compaction: Understanding usage", platform.claude.com/docs). Entries of the model's turns are
 * in those counts; those of an advisor are of another model and are not read. Not thread-safe.
 */
final class CompactionUsage {
  private Usage total = Usage.NONE;
  private String type = "";
  private long input;
  private long output;
  private long cached;
  private long written;
  private long hour;

  /** Reads an array of entries; the last one of a reply holds. */
  void take(JsonCursor cursor) {
    total = Usage.NONE;
    cursor.enterArray();
    while (cursor.nextElement()) {
      if (cursor.peek() == '{') {
        entry(cursor);
      } else {
        cursor.skip();
      }
    }
  }

  private void entry(JsonCursor cursor) {
    type = "";
    input = output = cached = written = hour = 0;
    cursor.enterObject();
    while (cursor.nextMember()) {
      member(cursor);
    }
    if (type.equals("compaction")) {
      long anHour = Math.min(hour, written);
      Usage one = new Usage(input + cached + written, output, cached, written, 0);
      total = total.plus(one.withCacheWrittenHour(anHour));
    }
  }

  private void member(JsonCursor cursor) {
    if (cursor.nameIs(MemberNames.TYPE) && cursor.peek() == '"') {
      type = cursor.text();
    } else if (cursor.nameIs(MemberNames.INPUT_TOKENS)) {
      input = TokenCounts.part(cursor);
    } else if (cursor.nameIs(MemberNames.OUTPUT_TOKENS)) {
      output = TokenCounts.part(cursor);
    } else if (cursor.nameIs(MemberNames.CACHE_READ)) {
      cached = TokenCounts.part(cursor);
    } else if (cursor.nameIs(MemberNames.CACHE_WRITTEN)) {
      written = TokenCounts.part(cursor);
    } else if (cursor.nameIs(MemberNames.CACHE_CREATION) && cursor.peek() == '{') {
      hour = UsageReader.part(cursor, MemberNames.HOUR_TOKENS);
    } else {
      cursor.skip();
    }
  }

  /** The tokens of all compactions of the reply. */
  Usage total() {
    return total;
  }
}
