package dev.serai.adapters.dialects.json;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.secret.KeyForms;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reports bytes that do not match their grammar. Cheap to throw: no stack trace. The catcher knows
 * the sender of the bytes, and maps it to a problem.
 */
public final class MalformedInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String ONCE = " once";

  /** A name that is shown. */
  private static final Pattern PLAIN = Pattern.compile("[\\w.-]{1,64}");

  private static final int MAX_PATH = 256;

  private final int offset;
  private final boolean duplicate;

  /**
   * @param offset of the byte at fault, from the start of what was read
   * @param expected what should have been there, in words
   */
  public MalformedInput(int offset, String expected) {
    this(offset, expected, false);
  }

  private MalformedInput(int offset, String expected, boolean duplicate) {
    super(expected, null, false, false);
    this.offset = offset;
    this.duplicate = duplicate;
  }

  /** A member that an object has had before. A name that may be a key is not shown. */
  static MalformedInput duplicate(int offset, String name) {
    return new MalformedInput(
        offset, (isPlain(name) ? "the member '" + name + "'" : "a member") + ONCE, true);
  }

  /**
   * A member that an object inside the text has had before.
   *
   * @param within names and indexes that lead to the object; a name that may be a key is not shown
   */
  static MalformedInput duplicate(int offset, String name, List<String> within) {
    StringBuilder path = new StringBuilder();
    for (String step : within) {
      boolean index = step.startsWith("[");
      path.append(index || path.isEmpty() ? "" : ".").append(index || isPlain(step) ? step : "*");
    }
    if (path.isEmpty() || path.length() > MAX_PATH) {
      return duplicate(offset, name);
    }
    String member =
        isPlain(name) ? "the member '" + path + "." + name + "'" : "a member of '" + path + "'";
    return new MalformedInput(offset, member + ONCE, true);
  }

  private static boolean isPlain(String name) {
    return PLAIN.matcher(name).matches() && !KeyForms.isIn(name);
  }

  /** Whether an object has a member twice. */
  public boolean isDuplicate() {
    return duplicate;
  }

  public int offset() {
    return offset;
  }

  /** What was expected. */
  public String expected() {
    return String.valueOf(super.getMessage());
  }

  /** 400: the sender is a client, and the bytes are its request. */
  public CallerProblem ofRequest() {
    return CallerProblem.invalid(
        duplicate
            ? "The request's body has " + named() + " twice."
            : "The request's body is not valid: " + getMessage() + ".");
  }

  private String named() {
    return expected().substring(0, expected().length() - ONCE.length());
  }

  /** What was expected, and where. */
  @Override
  public String getMessage() {
    return "expected " + super.getMessage() + " at byte " + offset;
  }
}
