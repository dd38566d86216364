package dev.serai.adapters.openai;

import static dev.serai.adapters.json.JsonOut.ascii;

import dev.serai.adapters.json.JsonCursor;
import dev.serai.core.chat.Usage;
import java.util.Optional;

/**
 * Reads {@code usage} objects, the variants of providers included. Input counts contain what was
 * read from a cache already. Some providers leave reasoning out of {@code completion_tokens} and
 * only count it in the total: then the total tells the output.
 */
final class UsageReader {
  private static final byte[] USAGE = ascii("usage");
  private static final byte[] ERROR = ascii("error");
  private static final byte[] CHOICES = ascii("choices");
  private static final byte[] PROMPT = ascii("prompt_tokens");
  private static final byte[] COMPLETION = ascii("completion_tokens");
  private static final byte[] TOTAL = ascii("total_tokens");
  private static final byte[] PROMPT_DETAILS = ascii("prompt_tokens_details");
  private static final byte[] COMPLETION_DETAILS = ascii("completion_tokens_details");
  private static final byte[] CACHED = ascii("cached_tokens");
  private static final byte[] CACHE_WRITTEN = ascii("cache_write_tokens");
  private static final byte[] CACHE_HIT = ascii("prompt_cache_hit_tokens");
  private static final byte[] REASONING = ascii("reasoning_tokens");
  private static final byte[] AUDIO = ascii("audio_tokens");

  private long input;
  private long output;
  private long total;
  private long cached;
  private long cacheWritten;
  private long reasoning;
  private long audioInput;
  private long audioOutput;
  private boolean counted;

  private UsageReader() {}

  /**
   * Walks a whole answer and looks only for what accounting needs.
   *
   * @throws dev.serai.adapters.json.MalformedInput if it is not JSON
   */
  static Whole ofAnswer(byte[] body) {
    JsonCursor cursor = new JsonCursor().over(body, 0, body.length);
    Optional<Usage> usage = Optional.empty();
    boolean choices = false;
    boolean error = false;
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(USAGE)) {
        usage = read(cursor);
      } else if (cursor.nameIs(CHOICES)) {
        choices = cursor.peek() == '[';
        cursor.skip();
      } else {
        error |= cursor.nameIs(ERROR) && cursor.peek() != 'n';
        cursor.skip();
      }
    }
    cursor.finish();
    return new Whole(choices, error, usage);
  }

  /**
   * What {@link #ofAnswer} saw.
   *
   * @param choices whether it has an array of choices
   * @param error whether it has an error
   */
  record Whole(boolean choices, boolean error, Optional<Usage> usage) {}

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
      if (cursor.nameIs(PROMPT)) {
        input = known(cursor);
        counted = true;
      } else if (cursor.nameIs(COMPLETION)) {
        output = known(cursor);
        counted = true;
      } else if (cursor.nameIs(TOTAL)) {
        total = known(cursor);
      } else if (cursor.nameIs(CACHE_HIT)) {
        cached = known(cursor);
      } else if (cursor.nameIs(PROMPT_DETAILS)) {
        audioInput = details(cursor);
      } else if (cursor.nameIs(COMPLETION_DETAILS)) {
        audioOutput = details(cursor);
      } else {
        cursor.skip();
      }
    }
  }

  /** Takes the parts of a count; the tokens of it that are sound. */
  private long details(JsonCursor cursor) {
    long audio = 0;
    if (cursor.peek() != '{') {
      cursor.skip();
      return audio;
    }
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(CACHED)) {
        cached = known(cursor);
      } else if (cursor.nameIs(CACHE_WRITTEN)) {
        cacheWritten = known(cursor);
      } else if (cursor.nameIs(REASONING)) {
        reasoning = known(cursor);
      } else if (cursor.nameIs(AUDIO)) {
        audio = known(cursor);
      } else {
        cursor.skip();
      }
    }
    return audio;
  }

  private static long known(JsonCursor cursor) {
    return Math.max(0, cursor.count());
  }

  private Usage usage() {
    long outputs = Math.max(output, total - input);
    Usage usage =
        new Usage(
            input,
            outputs,
            Math.min(cached, input),
            Math.min(cacheWritten, input),
            Math.min(reasoning, outputs));
    return (audioInput | audioOutput) == 0
        ? usage
        : usage.withAudio(Math.min(audioInput, input), Math.min(audioOutput, outputs));
  }
}
