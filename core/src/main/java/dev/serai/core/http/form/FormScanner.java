package dev.serai.core.http.form;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a multipart form (RFC 7578) while it arrives, in pieces that may be cut anywhere: finds the
 * short parts that are wanted, keeps their text and position, and passes over all others without
 * copies. A form whose wanted part is there twice is refused, because which one counts would be
 * ambiguous. Not thread-safe.
 */
public final class FormScanner {
  /** Bytes of a wanted part. */
  public static final int MAX_TEXT = 2048;

  /** Parts of a form. */
  static final int MAX_PARTS = 256;

  /** Bytes of the header fields of a part. */
  static final int MAX_HEAD = 8 * 1024;

  private enum State {
    CONTENT,
    HEAD,
    COMPLETE,
    FAILED
  }

  /**
   * A part.
   *
   * @param from offset of its content in the form
   * @param to offset behind its content
   * @param text its content
   */
  public record Part(String name, long from, long to, String text) {}

  private final FormDelimiter delimiter;
  private final Set<String> wanted;
  private final Set<String> needed;
  private final List<Part> found = new ArrayList<>(2);
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
  private State state = State.CONTENT;
  private @Nullable GatewayProblem fault;
  private String name = "";
  private long offset;
  private long from;
  private int parts;

  /**
   * @param contentType the header field's value, with the boundary
   * @param wanted names of the parts that are kept
   * @param needed names of the parts that must be there before the form is {@link #isReady}
   */
  public FormScanner(String contentType, Set<String> wanted, Set<String> needed) {
    this.wanted = wanted;
    this.needed = needed;
    Optional<FormDelimiter> announced = FormDelimiter.of(contentType);
    delimiter = announced.orElseGet(FormDelimiter::none);
    if (announced.isEmpty()) {
      fail(
          CallerProblem.invalid(
              "The request's Content-Type has no boundary of 1 to "
                  + FormDelimiter.MAX_BOUNDARY
                  + " characters to separate its parts."));
    }
  }

  /** Whether no more of the form is needed: every needed part is there, or the form is at fault. */
  public boolean isReady() {
    if (state == State.COMPLETE || state == State.FAILED) {
      return true;
    }
    int there = 0;
    for (Part part : found) {
      there += needed.contains(part.name) ? 1 : 0;
    }
    return there == needed.size();
  }

  /** What is wrong with the form as far as it has arrived. */
  public Optional<GatewayProblem> fault() {
    return Optional.ofNullable(fault);
  }

  /** What is wrong with a form of which nothing more arrives. */
  public Optional<GatewayProblem> faultAtEnd() {
    if (state != State.COMPLETE && state != State.FAILED) {
      fail(
          CallerProblem.invalid(
              "The form ends before its last delimiter, --boundary--: it is cut off, or its"
                  + " Content-Type announces another boundary."));
    }
    return fault();
  }

  /** The wanted part of that name, if it has arrived. */
  public Optional<Part> find(String wantedName) {
    return found.stream().filter(part -> part.name.equals(wantedName)).findFirst();
  }

  /** Takes the next bytes of the form. */
  public void read(byte[] bytes) {
    int at = 0;
    while (at < bytes.length && (state == State.CONTENT || state == State.HEAD)) {
      at = state == State.CONTENT ? content(bytes, at) : head(bytes, at);
    }
    offset += bytes.length;
  }

  private int content(byte[] bytes, int at) {
    int end = delimiter.next(bytes, at);
    int stop = end < 0 ? bytes.length : end;
    if (wanted.contains(name)) {
      kept.write(bytes, at, Math.min(stop - at, room(MAX_TEXT + delimiter.length())));
    }
    if (end >= 0) {
      endPart(offset + end - delimiter.length());
      kept.reset();
      if (state == State.CONTENT) {
        state = State.HEAD;
      }
    }
    return stop;
  }

  private void endPart(long to) {
    if (wanted.contains(name)) {
      if (to - from > MAX_TEXT) {
        fail(
            CallerProblem.invalid(
                name, "The form's '" + name + "' is over the limit of " + MAX_TEXT + " bytes."));
      } else if (find(name).isPresent()) {
        fail(CallerProblem.invalid(name, "The form has more than one '" + name + "'."));
      } else {
        byte[] text = kept.toByteArray();
        int length = (int) (to - from);
        found.add(new Part(name, from, to, new String(text, 0, length, StandardCharsets.UTF_8)));
      }
    }
    name = "";
  }

  /** Collects the rest of the delimiter's line and the header fields of the part behind it. */
  private int head(byte[] bytes, int start) {
    for (int at = start; at < bytes.length; at++) {
      kept.write(bytes[at]);
      int size = kept.size();
      if (size == 2 && bytes[at] == '-') {
        if (kept.toByteArray()[0] == '-') {
          state = State.COMPLETE;
          return bytes.length;
        }
      } else if (bytes[at] == '\n' && size >= 4 && endsWithBlankLine(kept.toByteArray())) {
        beginPart(kept.toString(StandardCharsets.UTF_8), offset + at + 1);
        return at + 1;
      }
      if (size == MAX_HEAD) {
        fail(
            CallerProblem.invalid(
                "The header fields of a part of the form are over the limit of "
                    + MAX_HEAD
                    + " bytes."));
        return bytes.length;
      }
    }
    return bytes.length;
  }

  private static boolean endsWithBlankLine(byte[] head) {
    int end = head.length;
    return head[end - 2] == '\r' && head[end - 3] == '\n' && head[end - 4] == '\r';
  }

  private void beginPart(String head, long content) {
    for (String line : head.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
        name = HeaderParameters.find(line, "name").orElse("");
      }
    }
    from = content;
    kept.reset();
    parts++;
    if (parts > MAX_PARTS) {
      fail(CallerProblem.invalid("The form has more parts than the limit of " + MAX_PARTS + "."));
    } else if (state == State.HEAD) {
      state = State.CONTENT;
    }
  }

  private int room(int most) {
    return Math.max(0, most - kept.size());
  }

  private void fail(GatewayProblem problem) {
    state = State.FAILED;
    if (fault == null) {
      fault = problem;
    }
  }
}
