package dev.serai.core.request;

/**
 * What a caller asks, as a surface read it: a chat, an embedding, or something that is only handed
 * on. The bytes are the caller's and are kept: every attempt is written from them, never from what
 * another attempt was sent. Immutable.
 */
public sealed interface ModelRequest permits ChatRequest, EmbeddingRequest, RelayRequest {
  /** The longest name of a model, in characters. */
  int MAX_NAME_LENGTH = 512;

  Operation operation();

  /** The dialect of {@link #bytes}. */
  String dialect();

  /** The caller's own bytes. Not to be changed. */
  byte[] bytes();

  /** The model's name as the caller wrote it; empty if the request names none. */
  String model();

  /** Whether the response is streamed. */
  boolean streaming();

  /**
   * Whether a provider may be asked twice without harm. If not, another attempt is made only when
   * the one before it has certainly done nothing.
   */
  default boolean repeatable() {
    return true;
  }

  /**
   * Whether a text may be the name of a model, or of an answer to go on from. It has no control
   * characters, since it comes to stand in headers, paths and logs.
   */
  static boolean isValidName(String text) {
    if (text.isBlank() || text.length() > MAX_NAME_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
