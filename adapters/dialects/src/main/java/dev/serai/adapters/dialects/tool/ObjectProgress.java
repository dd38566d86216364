package dev.serai.adapters.dialects.tool;

/**
 * Follows a JSON object that arrives in pieces, cut anywhere, without keeping its text. Not
 * thread-safe.
 */
public final class ObjectProgress {
  private int depth;
  private boolean begun;
  private boolean inString;
  private boolean escaped;

  /** The next piece. */
  public void add(String piece) {
    for (int i = 0; i < piece.length(); i++) {
      add(piece.charAt(i));
    }
  }

  private void add(char c) {
    if (inString) {
      inString = escaped || c != '"';
      escaped = !escaped && c == '\\';
      return;
    }
    switch (c) {
      case '"' -> inString = true;
      case '{', '[' -> {
        depth++;
        begun = true;
      }
      case '}', ']' -> depth--;
      default -> {}
    }
  }

  /** Whether the object has begun and is not complete. */
  public boolean isOpen() {
    return begun && depth > 0;
  }

  /** Whether the whole object has arrived. */
  public boolean isComplete() {
    return begun && depth <= 0;
  }
}
