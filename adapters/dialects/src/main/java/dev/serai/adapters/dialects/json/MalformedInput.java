package dev.serai.adapters.dialects.json;

/**
 * Bytes that are not what their grammar says. Cheap to throw: no stack trace. Whoever catches it
 * knows whose bytes they were, and so whose failure it is.
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

  /** What should have been there. */
  public String expected() {
    return String.valueOf(super.getMessage());
  }

  /** What should have been there, and where. */
  @Override
  public String getMessage() {
    return "expected " + super.getMessage() + " at byte " + offset;
  }
}
