package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.RelayDialect.Meter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds {@code "usage":{...}} in what goes by, JSON or events, without keeping what is before it: a
 * picture in an answer may be megabytes long. Inside a JSON string the quotes of such words would
 * be escaped, so they do not look like it. For one answer; not thread-safe.
 */
final class UsageMeter implements Meter {
  private static final byte[] NAME = "\"usage\"".getBytes(StandardCharsets.US_ASCII);
  private static final int LARGEST = 4096;

  private enum State {
    NAME,
    COLON,
    OBJECT
  }

  private State state = State.NAME;
  private int matched;
  private byte before;
  private byte[] object = new byte[256];
  private int length;
  private int depth;
  private Optional<Usage> usage = Optional.empty();

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

  /** Braces in the strings of a usage object are not expected: such a one is given up. */
  private void object(byte here) {
    if (length == LARGEST) {
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
      Optional<Usage> counted = TokenCounts.read(cursor);
      usage = counted.isPresent() ? counted : usage;
    } catch (MalformedInput e) {
      // It only looked like it.
      matched = 0;
    }
  }

  @Override
  public Optional<Usage> usage() {
    return usage;
  }
}
