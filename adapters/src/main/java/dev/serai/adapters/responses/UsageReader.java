package dev.serai.adapters.responses;

import static dev.serai.adapters.json.JsonOut.ascii;

import dev.serai.adapters.json.JsonCursor;
import dev.serai.core.chat.Usage;
import java.util.Optional;

/** Reads {@code usage}, whose input contains what was read from a cache already. */
final class UsageReader {
  private static final byte[] INPUT = ascii("input_tokens");
  private static final byte[] OUTPUT = ascii("output_tokens");
  private static final byte[] INPUT_DETAILS = ascii("input_tokens_details");
  private static final byte[] OUTPUT_DETAILS = ascii("output_tokens_details");
  private static final byte[] CACHED = ascii("cached_tokens");
  private static final byte[] CACHE_WRITTEN = ascii("cache_write_tokens");
  private static final byte[] REASONING = ascii("reasoning_tokens");

  private long input;
  private long output;
  private long cached;
  private long cacheWritten;
  private long reasoning;
  private boolean counted;

  private UsageReader() {}

  /** Takes the value the cursor is at; empty if it counts nothing. */
  static Optional<Usage> read(JsonCursor cursor) {
    if (cursor.peek() != '{') {
      cursor.skip();
      return Optional.empty();
    }
    UsageReader reader = new UsageReader();
    reader.object(cursor);
    return reader.counted ? Optional.of(reader.usage()) : Optional.empty();
  }

  private void object(JsonCursor cursor) {
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(INPUT)) {
        input = known(cursor);
        counted = true;
      } else if (cursor.nameIs(OUTPUT)) {
        output = known(cursor);
        counted = true;
      } else if (cursor.peek() == '{'
          && (cursor.nameIs(INPUT_DETAILS) || cursor.nameIs(OUTPUT_DETAILS))) {
        details(cursor);
      } else {
        cursor.skip();
      }
    }
  }

  private void details(JsonCursor cursor) {
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(CACHED)) {
        cached = known(cursor);
      } else if (cursor.nameIs(CACHE_WRITTEN)) {
        cacheWritten = known(cursor);
      } else if (cursor.nameIs(REASONING)) {
        reasoning = known(cursor);
      } else {
        cursor.skip();
      }
    }
  }

  private static long known(JsonCursor cursor) {
    return Math.max(0, cursor.count());
  }

  private Usage usage() {
    return new Usage(
        input,
        output,
        Math.min(cached, input),
        Math.min(cacheWritten, input),
        Math.min(reasoning, output));
  }
}
