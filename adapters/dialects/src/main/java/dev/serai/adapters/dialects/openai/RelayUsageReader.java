package dev.serai.adapters.dialects.openai;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.translation.TokenCounts;
import dev.serai.core.chat.Usage;
import java.util.Optional;

/**
 * Reads the {@code usage} object of replies other than chat: embeddings count {@code
 * prompt_tokens}, images and transcripts {@code input_tokens} and {@code output_tokens}, rerank
 * often only the total, which then is all input. Audio billed by its length counts no tokens.
 */
final class RelayUsageReader {
  static final byte[] USAGE = ascii("usage");
  private static final byte[] PROMPT = ascii("prompt_tokens");
  private static final byte[] INPUT = ascii("input_tokens");
  private static final byte[] COMPLETION = ascii("completion_tokens");
  private static final byte[] OUTPUT = ascii("output_tokens");
  private static final byte[] TOTAL = ascii("total_tokens");

  private RelayUsageReader() {}

  /** Reads the value at the cursor; empty if it counts nothing. */
  static Optional<Usage> read(JsonCursor cursor) {
    if (cursor.peek() != '{') {
      cursor.skip();
      return Optional.empty();
    }
    TokenCounts counts = new TokenCounts();
    long input = -1;
    long output = -1;
    long total = -1;
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(PROMPT) || cursor.nameIs(INPUT)) {
        input = counts.take(cursor, input);
      } else if (cursor.nameIs(COMPLETION) || cursor.nameIs(OUTPUT)) {
        output = counts.take(cursor, output);
      } else if (cursor.nameIs(TOTAL)) {
        total = counts.take(cursor, total);
      } else {
        cursor.skip();
      }
    }
    if (!counts.reported()) {
      return Optional.empty();
    }
    long out = Math.max(0, output);
    return Optional.of(Usage.of(input >= 0 ? input : Math.max(0, total - out), out));
  }
}
