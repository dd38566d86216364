package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.translation.TokenCounts;
import dev.serai.core.chat.Usage;
import java.util.Optional;

/**
 * Reads the token counts of Gemini. Its prompt count includes tokens read from the cache and
 * excludes those of its own tools; its candidates count excludes reasoning. If the total shows that
 * a server includes reasoning in the candidates count, it is not added again.
 */
final class UsageReader {
  private UsageReader() {}

  /** Reads the {@code usageMetadata} object at the cursor; empty if it counts nothing. */
  static Optional<Usage> read(JsonCursor cursor) {
    TokenCounts counts = new TokenCounts();
    long prompt = 0;
    long tools = 0;
    long cached = 0;
    long candidates = 0;
    long reasoning = 0;
    long total = 0;
    long audioIn = 0;
    long audioOut = 0;
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.PROMPT_TOKENS)) {
        prompt = counts.take(cursor, prompt);
      } else if (cursor.nameIs(MemberNames.CANDIDATE_TOKENS)) {
        candidates = counts.take(cursor, candidates);
      } else if (cursor.nameIs(MemberNames.TOTAL_TOKENS)) {
        total = TokenCounts.part(cursor);
      } else if (cursor.nameIs(MemberNames.THOUGHT_TOKENS)) {
        reasoning = counts.take(cursor, reasoning);
      } else if (cursor.nameIs(MemberNames.CACHED_TOKENS)) {
        cached = TokenCounts.part(cursor);
      } else if (cursor.nameIs(MemberNames.TOOL_TOKENS)) {
        tools = counts.take(cursor, tools);
      } else if (cursor.nameIs(MemberNames.PROMPT_DETAILS)) {
        audioIn = audio(cursor);
      } else if (cursor.nameIs(MemberNames.CANDIDATE_DETAILS)) {
        audioOut = audio(cursor);
      } else {
        cursor.skip();
      }
    }
    if (!counts.reported()) {
      return Optional.empty();
    }
    boolean included =
        reasoning > 0 && reasoning <= candidates && total == prompt + tools + candidates;
    long output = included ? candidates : candidates + reasoning;
    Usage usage = new Usage(prompt + tools, output, cached, 0, reasoning);
    return Optional.of(audioIn == 0 && audioOut == 0 ? usage : usage.withAudio(audioIn, audioOut));
  }

  private static long audio(JsonCursor cursor) {
    if (cursor.peek() != '[') {
      cursor.skip();
      return 0;
    }
    long tokens = 0;
    cursor.enterArray();
    while (cursor.nextElement()) {
      tokens += audioOf(cursor);
    }
    return tokens;
  }

  private static long audioOf(JsonCursor cursor) {
    boolean audio = false;
    long tokens = 0;
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.MODALITY) && cursor.peek() == '"') {
        audio = cursor.text().equals("AUDIO");
      } else if (cursor.nameIs(MemberNames.TOKEN_COUNT)) {
        tokens = TokenCounts.part(cursor);
      } else {
        cursor.skip();
      }
    }
    return audio ? tokens : 0;
  }
}
