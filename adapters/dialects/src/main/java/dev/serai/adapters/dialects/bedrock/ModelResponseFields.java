package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.json.JsonCursor;
import java.util.Optional;

/**
 * Reads {@code additionalModelResponseFields}: the members of the model's own response that the
 * request asks for ("Amazon Bedrock API Reference", Converse and MessageStopEvent). Claude's own
 * response names the stop sequence, which Converse has no member for.
 */
final class ModelResponseFields {
  /** The members to ask a Claude model for. */
  static final String STOP_SEQUENCE = "/stop_sequence";

  private ModelResponseFields() {}

  /** The stop sequence in the value at the cursor. */
  static Optional<String> stopSequence(JsonCursor cursor) {
    Optional<String> sequence = Optional.empty();
    if (cursor.peek() != '{') {
      cursor.skip();
      return sequence;
    }
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.STOP_SEQUENCE) && cursor.peek() == '"') {
        sequence = Optional.of(cursor.text());
      } else {
        cursor.skip();
      }
    }
    return sequence;
  }
}
