package dev.serai.adapters.dialects.openai;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.JsonCursor;

/**
 * Scans the choices of a non-streaming response, without a tree: whether one of them has content or
 * a finish reason, and whether one has failed. For one response; not thread-safe.
 */
final class ChoiceScanner {
  private static final byte[] ERROR = ascii("error");
  private static final byte[] FINISH_REASON = ascii("finish_reason");
  private static final byte[] MESSAGE = ascii("message");
  private static final byte[] TEXT = ascii("text");
  private static final byte[] ROLE = ascii("role");
  private static final byte[] INDEX = ascii("index");

  private final byte[] body;
  private boolean responds;
  private boolean error;

  ChoiceScanner(byte[] body) {
    this.body = body;
  }

  /** Scans the array at the cursor, which walks over the body. */
  void scan(JsonCursor cursor) {
    cursor.enterArray();
    while (cursor.nextElement()) {
      if (cursor.peek() == '{') {
        choice(cursor);
      } else {
        cursor.skip();
      }
    }
  }

  private void choice(JsonCursor cursor) {
    int from = 0;
    int to = 0;
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(INDEX)) {
        FrameScanner.index(cursor, 0);
        continue;
      }
      int kind = cursor.peek();
      int start = cursor.offset();
      boolean said = cursor.nameIs(FINISH_REASON) || cursor.nameIs(TEXT);
      boolean message = kind == '{' && cursor.nameIs(MESSAGE);
      // The error of the provider behind an aggregator such as OpenRouter.
      error |= kind == '{' && cursor.nameIs(ERROR);
      cursor.skip();
      responds |= said && kind == '"' && cursor.offset() - start > 2;
      from = message ? start : from;
      to = message ? cursor.offset() : to;
    }
    if (!responds && to > from) {
      responds = hasContent(new JsonCursor().over(body, from, to));
    }
  }

  /** Content is any member of a message but the role, unless it is empty. */
  private static boolean hasContent(JsonCursor message) {
    boolean content = false;
    message.enterObject();
    while (message.nextMember()) {
      boolean counts = message.peek() != 'n' && !message.nameIs(ROLE);
      int from = message.offset();
      message.skip();
      content |= counts && message.offset() - from > 2;
    }
    return content;
  }

  /** Whether a choice has content or a finish reason. */
  boolean responds() {
    return responds;
  }

  /** Whether a choice has an error. */
  boolean hasError() {
    return error;
  }
}
