package dev.serai.adapters.anthropic;

import dev.serai.adapters.json.JsonCursor;
import dev.serai.core.chat.Usage;
import java.util.Optional;

/**
 * Tokens as Anthropic counts them, told once or, in a stream, twice: at the start and, cumulative,
 * at the end. Its {@code input_tokens} leave out what was read from and written to the cache; here
 * they are put in. Not thread-safe.
 */
final class UsageTally {
  private boolean told;
  private long input;
  private long output;
  private long cached;
  private long cacheWritten;
  private long thinking;

  /** Takes a {@code usage} object, or null. */
  void take(JsonCursor cursor) {
    if (cursor.takeNull()) {
      return;
    }
    cursor.enterObject();
    told = true;
    while (cursor.nextMember()) {
      if (cursor.nameIs(Words.INPUT_TOKENS)) {
        input = Math.max(input, cursor.count());
      } else if (cursor.nameIs(Words.OUTPUT_TOKENS)) {
        output = Math.max(output, cursor.count());
      } else if (cursor.nameIs(Words.CACHE_READ)) {
        cached = Math.max(cached, cursor.count());
      } else if (cursor.nameIs(Words.CACHE_WRITTEN)) {
        cacheWritten = Math.max(cacheWritten, cursor.count());
      } else if (cursor.nameIs(Words.OUTPUT_DETAILS) && cursor.peek() == '{') {
        takeDetails(cursor);
      } else {
        cursor.skip();
      }
    }
  }

  private void takeDetails(JsonCursor cursor) {
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(Words.THINKING_TOKENS)) {
        thinking = Math.max(thinking, cursor.count());
      } else {
        cursor.skip();
      }
    }
  }

  /** The count so far, normalised; empty if none was told. */
  Optional<Usage> usage() {
    return told
        ? Optional.of(
            new Usage(input + cached + cacheWritten, output, cached, cacheWritten, thinking))
        : Optional.empty();
  }
}
