package dev.serai.adapters.dialects.json;

import dev.serai.core.problem.CallerProblem;

/**
 * Reports bytes that do not match their grammar. Cheap to throw: no stack trace. The catcher knows
 * the sender of the bytes, and maps it to a problem.
 */
public final class MalformedInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * @param offset of the byte at fault, from the start of what was read
   * @param expected what should have been there, in words
   */
  public MalformedInput(int offset, String expected) {
    super(expected, null, false, false);
    this.offset = offset;
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
    return CallerProblem.invalid("The request's body is not valid: " + getMessage() + ".");
  }

  /** What was expected, and where. */
  @Override
  public String getMessage() {
    return "expected " + super.getMessage() + " at byte " + offset;
  }
}
