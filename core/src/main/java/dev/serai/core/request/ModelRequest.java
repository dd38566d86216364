package dev.serai.core.request;

import dev.serai.core.routing.RoutingCriteria;
import dev.serai.core.secret.KeyForms;
import java.util.Optional;

/**
 * A client's request as its surface read it: a chat, embeddings, or a request that is only
 * forwarded. It keeps the client's bytes: each attempt is written from them, never from the request
 * of another attempt. Immutable.
 */
public sealed interface ModelRequest permits ChatRequest, EmbeddingRequest, RelayRequest {
  /** The longest name of a model, in characters. */
  int MAX_NAME_LENGTH = 512;

  Operation operation();

  /** The dialect of {@link #bytes}. */
  String dialect();

  /** The bytes as the client sent them; empty for an upload. Must not be changed. */
  byte[] bytes();

  /** The bytes of its prompt: {@link #bytes}, and what was put before them. */
  default int size() {
    return bytes().length;
  }

  /** The model's name as the caller wrote it; empty if the request names none. */
  String model();

  /**
   * What the body says about the call.
   *
   * @throws dev.serai.core.problem.CallerProblem 400 if that is malformed
   */
  default CallLabels labels() {
    return CallLabels.NONE;
  }

  /**
   * What the body asks of the choice of the model.
   *
   * @throws dev.serai.core.problem.CallerProblem 400 if that is malformed
   */
  default RoutingCriteria routing() {
    return RoutingCriteria.NONE;
  }

  /**
   * How the body asks for the cache of responses to be used; empty if it does not say.
   *
   * @throws dev.serai.core.problem.CallerProblem 400 if that is malformed
   */
  default Optional<CacheMode> cacheMode() {
    return Optional.empty();
  }

  /** The tenant that the body names, which must be that of the caller; empty if it names none. */
  default Optional<String> tenant() {
    return Optional.empty();
  }

  /** Whether the client only wants the tokens of the request counted, which uses none. */
  default boolean isTokenCount() {
    return false;
  }

  /** Whether the response is streamed. */
  boolean streaming();

  /**
   * Whether the request may be sent twice without harm. If not, another attempt is made only when
   * the one before it certainly had no effect.
   */
  default boolean repeatable() {
    return true;
  }

  /** Whether the request cannot be sent again, because it is an upload and part of it was sent. */
  default boolean isSpent() {
    return false;
  }

  /**
   * Whether a text may be the name of a model or of a previous response. Control characters are
   * refused because names appear in headers, paths and logs; white space before or after a name is
   * a part of none.
   */
  static boolean isValidName(String text) {
    if (text.isEmpty() || text.length() > MAX_NAME_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return false;
      }
    }
    return !isWhite(text.charAt(0)) && !isWhite(text.charAt(text.length() - 1));
  }

  /** What to do about a text that is not a valid name, as the end of a sentence. */
  static String nameRule(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isWhite(text.charAt(from))) {
      from++;
    }
    while (to > from && isWhite(text.charAt(to - 1))) {
      to--;
    }
    String name = text.substring(from, to);
    return name.length() < text.length() && isValidName(name)
        ? "remove the white space before or after '" + KeyForms.redacted(name) + "'"
        : "expected a name of 1 to " + MAX_NAME_LENGTH + " printable characters";
  }

  /** Blanks of Unicode, such as a no-break space, and line breaks. */
  private static boolean isWhite(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
