package dev.serai.adapters.dialects.openai.relay;

import dev.serai.adapters.dialects.json.ByteSearch;
import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Locates the parts of a multipart form (RFC 7578): offsets into its bytes, found in one pass from
 * delimiter to delimiter, without copies. Immutable.
 */
final class FormParts {
  private static final int MAX_PARTS = 256;
  private static final int MAX_HEADER = 8 * 1024;
  private static final int MAX_BOUNDARY = 70;
  private static final byte[] BLANK_LINE = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final byte[] body;
  private final List<Part> parts = new ArrayList<>(8);

  /**
   * One part.
   *
   * @param from offset of its content
   * @param to offset behind its content
   */
  record Part(String name, int from, int to) {}

  private FormParts(byte[] body) {
    this.body = body;
  }

  /**
   * Reads a form.
   *
   * @param contentType the header field's value, with the boundary
   * @throws CallerProblem 400 if it is not a form
   */
  static FormParts of(byte[] body, String contentType) {
    FormParts form = new FormParts(body);
    form.read(new ByteSearch(delimiter(contentType)));
    return form;
  }

  private void read(ByteSearch delimiter) {
    // The first delimiter has no line break before it, unless something precedes the form.
    int at = startsWith(delimiter.sought(), 2) ? 0 : delimiter.in(body, 0) + 2;
    if (at < 2 && at != 0) {
      throw malformed();
    }
    int length = delimiter.sought().length - 2;
    while (true) {
      int line = at + length;
      if (line + 2 > body.length) {
        throw malformed();
      }
      if (body[line] == '-' && body[line + 1] == '-') {
        return;
      }
      int content = head(line);
      int end = delimiter.in(body, content);
      if (end < 0 || parts.size() == MAX_PARTS) {
        throw malformed();
      }
      add(new String(body, line, content - line, StandardCharsets.UTF_8), content, end);
      at = end + 2;
    }
  }

  private boolean startsWith(byte[] delimiter, int skip) {
    int length = delimiter.length - skip;
    return body.length >= length
        && Arrays.equals(body, 0, length, delimiter, skip, delimiter.length);
  }

  /** The offset behind the part's header fields. */
  private int head(int from) {
    int limit = Math.min(body.length, from + MAX_HEADER);
    for (int i = from; i + BLANK_LINE.length <= limit; i++) {
      if (Arrays.equals(body, i, i + BLANK_LINE.length, BLANK_LINE, 0, BLANK_LINE.length)) {
        return i + BLANK_LINE.length;
      }
    }
    throw malformed();
  }

  private void add(String head, int from, int to) {
    for (String line : head.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
        parameter(line, "name").ifPresent(name -> parts.add(new Part(name, from, to)));
      }
    }
  }

  /**
   * The part of that name.
   *
   * @throws CallerProblem 400 if there are two: which one counts would be ambiguous
   */
  Optional<Part> find(String name) {
    List<Part> named = parts.stream().filter(part -> part.name.equals(name)).toList();
    if (named.size() > 1) {
      throw CallerProblem.invalid(name, "The form has more than one '" + name + "'.");
    }
    return named.stream().findFirst();
  }

  /**
   * The content of a short part. A part may be as large as the form, so its length is checked
   * before it is decoded.
   *
   * @throws CallerProblem 400 if it has more bytes
   */
  String text(Part part, int maxBytes) {
    int length = part.to - part.from;
    if (length > maxBytes) {
      throw CallerProblem.invalid(
          part.name, "The form's '" + part.name + "' has more than " + maxBytes + " bytes.");
    }
    return new String(body, part.from, length, StandardCharsets.UTF_8);
  }

  /** Whether a part consists of an ASCII text. */
  boolean isText(Part part, String text) {
    return part.to - part.from == text.length() && text(part, text.length()).equals(text);
  }

  private static byte[] delimiter(String contentType) {
    String boundary = parameter(contentType, "boundary").orElseThrow(FormParts::malformed);
    if (boundary.isEmpty() || boundary.length() > MAX_BOUNDARY) {
      throw malformed();
    }
    return ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The value of a header's parameter, quoted or not. */
  private static Optional<String> parameter(String header, String name) {
    for (int at = semicolon(header, 0); at >= 0; at = semicolon(header, at + 1)) {
      int from = at + 1;
      while (from < header.length() && header.charAt(from) == ' ') {
        from++;
      }
      if (header.regionMatches(true, from, name + "=", 0, name.length() + 1)) {
        return Optional.of(value(header, from + name.length() + 1));
      }
    }
    return Optional.empty();
  }

  /** The next semicolon that is not between quotes. */
  private static int semicolon(String header, int from) {
    boolean quoted = false;
    for (int i = from; i < header.length(); i++) {
      char c = header.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ';' && !quoted) {
        return i;
      }
    }
    return -1;
  }

  private static String value(String header, int from) {
    boolean quoted = from < header.length() && header.charAt(from) == '"';
    int start = quoted ? from + 1 : from;
    int end = header.indexOf(quoted ? '"' : ';', start);
    return header.substring(start, end < 0 ? header.length() : end).strip();
  }

  private static CallerProblem malformed() {
    return CallerProblem.invalid(
        "The request's body is not the multipart form that its Content-Type announces.");
  }
}
