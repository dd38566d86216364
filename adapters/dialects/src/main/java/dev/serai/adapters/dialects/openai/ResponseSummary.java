package dev.serai.adapters.dialects.openai;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.openaiapi.UsageReader;
import dev.serai.core.chat.Usage;
import java.util.Optional;

/**
 * What accounting needs of a non-streaming response that is forwarded unchanged, read in one pass
 * without building a tree.
 *
 * @param responds whether a choice has content or a finish reason
 * @param error whether it has an error, or a choice of it has one
 */
record ResponseSummary(boolean responds, boolean error, Optional<Usage> usage) {
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
    ChoiceScanner choices = new ChoiceScanner(body);
    boolean error = false;
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(USAGE)) {
        usage = UsageReader.read(cursor, UsageReader.Names.CHAT);
      } else if (cursor.nameIs(CHOICES)) {
        if (cursor.peek() == '[') {
          choices.scan(cursor);
        } else {
          cursor.skip();
        }
      } else if (cursor.nameIs(SERVICE_TIER) && cursor.peek() == '"') {
        tier = cursor.text();
      } else {
        error |= cursor.nameIs(ERROR) && cursor.peek() != 'n';
        cursor.skip();
      }
    }
    cursor.finish();
    return new ResponseSummary(
        choices.responds(), error || choices.hasError(), UsageReader.withTier(usage, tier));
  }
}
