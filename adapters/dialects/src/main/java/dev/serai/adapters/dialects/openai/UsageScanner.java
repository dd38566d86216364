package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.RelayDialect.Meter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds {@code "usage":{...}} in a forwarded body, JSON or events, without buffering what precedes
 * it: an image in a reply may be megabytes long. Inside a JSON string the quotes would be escaped,
 * so text cannot look like it. For one reply; not thread-safe.
 */
final class UsageScanner implements Meter {
  private static final byte[] NAME = "\"usage\"".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_LENGTH = 4096;

  private enum State {
    NAME,
    COLON,
    OBJECT
  }

  private final Function<JsonCursor, Optional<Usage>> reader;
  private State state = State.NAME;
  private int matched;
  private byte before;
  private byte[] object = new byte[256];
  private int length;
  private int depth;
  private Optional<Usage> usage = Optional.empty();

  UsageScanner() {
    this(RelayUsageReader::read);
  }

  /**
   * @param reader reads the object at the cursor
   */
  UsageScanner(Function<JsonCursor, Optional<Usage>> reader) {
    this.reader = reader;
  }

  @Override
  public void read(byte[] piece) {
    for (byte here : piece) {
      switch (state) {
        case NAME -> name(here);
        case COLON -> colon(here);
        case OBJECT -> object(here);
      }
      before = here;
    }
  }

  private void name(byte here) {
    if (here == NAME[matched] && (matched > 0 || before != '\\')) {
      if (++matched == NAME.length) {
        matched = 0;
        state = State.COLON;
      }
    } else {
      matched = here == NAME[0] && before != '\\' ? 1 : 0;
    }
  }

  private void colon(byte here) {
    if (here == '{') {
      state = State.OBJECT;
      length = 0;
      depth = 0;
      object(here);
    } else if (here != ':' && here != ' ' && here != '\n' && here != '\r' && here != '\t') {
      state = State.NAME;
    }
  }

  /** Copies one byte of the object. An object that is too long is skipped. */
  private void object(byte here) {
    if (length == MAX_LENGTH) {
      state = State.NAME;
      return;
    }
    if (length == object.length) {
      object = Arrays.copyOf(object, 2 * length);
    }
    object[length++] = here;
    if (here == '{') {
      depth++;
    } else if (here == '}' && --depth == 0) {
      state = State.NAME;
      count();
    }
  }

  private void count() {
    try {
      JsonCursor cursor = new JsonCursor().over(object, 0, length);
      Optional<Usage> counted = reader.apply(cursor);
      usage = counted.isPresent() ? counted : usage;
    } catch (MalformedInput e) {
      // It is not a usage object.
      matched = 0;
    }
  }

  @Override
  public Optional<Usage> usage() {
    return usage;
  }
}
