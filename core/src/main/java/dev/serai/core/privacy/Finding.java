package dev.serai.core.privacy;

/**
 * A value in a text.
 *
 * @param start the offset of its first character
 * @param end the offset behind its last character
 * @param contextual whether only the words around it show what it is
 */
record Finding(PiiKind kind, int start, int end, boolean contextual) {
  /** A value whose form shows what it is. */
  Finding(PiiKind kind, int start, int end) {
    this(kind, start, end, false);
  }

  /** Whether it stands for no value. */
  boolean isNothing() {
    return start < 0;
  }
}
