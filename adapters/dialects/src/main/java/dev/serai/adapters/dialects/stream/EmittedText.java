package dev.serai.adapters.dialects.stream;

/**
 * Remembers how much of a text has been emitted in pieces. Some providers repeat the whole text at
 * its end, others send it only there: {@link #rest} is what is still to be emitted. Keeps a length
 * and a hash, not the text. Not thread-safe.
 */
public final class EmittedText {
  private int length;
  private int hash;

  /** A piece was emitted. */
  public void add(String piece) {
    length += piece.length();
    for (int i = 0; i < piece.length(); i++) {
      hash = 31 * hash + piece.charAt(i);
    }
  }

  public boolean isEmpty() {
    return length == 0;
  }

  /** Whether {@code whole} begins with what was emitted. */
  public boolean isStartOf(String whole) {
    return whole.length() >= length && whole.substring(0, length).hashCode() == hash;
  }

  /** What is missing of the whole text; nothing if another text was emitted. */
  public String rest(String whole) {
    return isStartOf(whole) ? whole.substring(length) : "";
  }
}
