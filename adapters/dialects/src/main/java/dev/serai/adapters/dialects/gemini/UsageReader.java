package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.core.chat.Usage;
import dev.serai.core.json.JsonWriter;

/**
 * Tokens as GeminiDialect counts them, and the other way round. Its prompt includes what was read
 * from the cache but leaves out what its own tools brought; its candidates leave out thoughts. A
 * server whose total shows that candidates include thoughts is believed.
 */
final class UsageReader {
  private UsageReader() {}

  /** Takes a {@code usageMetadata} object. */
  static Usage take(JsonCursor cursor) {
    long prompt = 0;
    long tools = 0;
    long cached = 0;
    long answer = 0;
    long thoughts = 0;
    long total = 0;
    long heard = 0;
    long spoken = 0;
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.PROMPT_TOKENS)) {
        prompt = count(cursor);
      } else if (cursor.nameIs(MemberNames.ANSWER_TOKENS)) {
        answer = count(cursor);
      } else if (cursor.nameIs(MemberNames.TOTAL_TOKENS)) {
        total = count(cursor);
      } else if (cursor.nameIs(MemberNames.THOUGHT_TOKENS)) {
        thoughts = count(cursor);
      } else if (cursor.nameIs(MemberNames.CACHED_TOKENS)) {
        cached = count(cursor);
      } else if (cursor.nameIs(MemberNames.TOOL_TOKENS)) {
        tools = count(cursor);
      } else if (cursor.nameIs(MemberNames.PROMPT_DETAILS)) {
        heard = sound(cursor);
      } else if (cursor.nameIs(MemberNames.ANSWER_DETAILS)) {
        spoken = sound(cursor);
      } else {
        cursor.skip();
      }
    }
    boolean together = thoughts > 0 && thoughts <= answer && total == prompt + tools + answer;
    long output = together ? answer : answer + thoughts;
    Usage usage = new Usage(prompt + tools, output, cached, 0, thoughts);
    return heard == 0 && spoken == 0 ? usage : usage.withAudio(heard, spoken);
  }

  private static long count(JsonCursor cursor) {
    return Math.max(0, cursor.count());
  }

  private static long sound(JsonCursor cursor) {
    if (cursor.peek() != '[') {
      cursor.skip();
      return 0;
    }
    long tokens = 0;
    cursor.enterArray();
    while (cursor.nextElement()) {
      tokens += soundOf(cursor);
    }
    return tokens;
  }

  private static long soundOf(JsonCursor cursor) {
    boolean sound = false;
    long tokens = 0;
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.MODALITY) && cursor.peek() == '"') {
        sound = cursor.text().equals("AUDIO");
      } else if (cursor.nameIs(MemberNames.TOKEN_COUNT)) {
        tokens = count(cursor);
      } else {
        cursor.skip();
      }
    }
    return sound ? tokens : 0;
  }

  /** Writes {@code usageMetadata}. */
  static void write(JsonWriter out, Usage usage) {
    out.name("usageMetadata").beginObject();
    out.member("promptTokenCount", usage.input());
    out.member("candidatesTokenCount", usage.output() - usage.reasoning());
    out.member("totalTokenCount", usage.total());
    if (usage.cached() > 0) {
      out.member("cachedContentTokenCount", usage.cached());
    }
    if (usage.reasoning() > 0) {
      out.member("thoughtsTokenCount", usage.reasoning());
    }
    out.endObject();
  }
}
