package dev.serai.adapters.dialects.openai;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.openaiapi.UsageReader;
import dev.serai.core.chat.Usage;
import java.util.Arrays;
import java.util.Optional;

/**
 * What accounting needs of a non-streaming response that is forwarded unchanged, read in one pass
 * without building a tree.
 *
 * @param choices whether it has an array of choices
 * @param error whether it has an error, or a choice of it has one
 */
record ResponseSummary(boolean choices, boolean error, Optional<Usage> usage) {
  private static final byte[] USAGE = ascii("usage");
  private static final byte[] ERROR = ascii("error");
  private static final byte[] CHOICES = ascii("choices");
  private static final byte[] SERVICE_TIER = ascii("service_tier");

  /**
   * Reads a response's body.
   *
   * @throws dev.serai.adapters.dialects.json.MalformedInput if it is not JSON
   */
  static ResponseSummary of(byte[] body) {
    JsonCursor cursor = new JsonCursor().over(body, 0, body.length);
    Optional<Usage> usage = Optional.empty();
    String tier = "";
    boolean choices = false;
    boolean error = false;
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(USAGE)) {
        usage = UsageReader.read(cursor, UsageReader.Names.CHAT);
      } else if (cursor.nameIs(CHOICES)) {
        choices = cursor.peek() == '[';
        int from = cursor.offset();
        cursor.skip();
        error |= hasFailedChoice(body, from, cursor.offset());
      } else if (cursor.nameIs(SERVICE_TIER) && cursor.peek() == '"') {
        tier = cursor.text();
      } else {
        error |= cursor.nameIs(ERROR) && cursor.peek() != 'n';
        cursor.skip();
      }
    }
    cursor.finish();
    return new ResponseSummary(choices, error, UsageReader.withTier(usage, tier));
  }

  /** Whether a choice has the error of the provider behind an aggregator such as OpenRouter. */
  private static boolean hasFailedChoice(byte[] body, int from, int to) {
    if (body[from] != '[' || !mentionsError(body, from, to)) {
      return false;
    }
    boolean error = false;
    JsonCursor cursor = new JsonCursor().over(body, from, to);
    cursor.enterArray();
    while (cursor.nextElement()) {
      if (cursor.peek() != '{') {
        cursor.skip();
        continue;
      }
      cursor.enterObject();
      while (cursor.nextMember()) {
        error |= cursor.nameIs(ERROR) && cursor.peek() == '{';
        cursor.skip();
      }
    }
    return error;
  }

  /** Most choices do not, so that their members need not be read. */
  private static boolean mentionsError(byte[] body, int from, int to) {
    for (int i = from; i + ERROR.length < to; i++) {
      if (body[i] == '"'
          && Arrays.equals(body, i + 1, i + 1 + ERROR.length, ERROR, 0, ERROR.length)) {
        return true;
      }
    }
    return false;
  }
}
