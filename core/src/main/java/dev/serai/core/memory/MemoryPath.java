package dev.serai.core.memory;

import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Where a memory object is: a namespace and a key, each of one or more segments. The object is
 * identified by all segments together: {@code a/b} with the key {@code c} is the same as {@code a}
 * with the key {@code b/c}. Immutable.
 */
public record MemoryPath(String namespace, String key) {
  /** The longest path, in bytes of UTF-8. */
  public static final int MAX_BYTES = 512;

  /** First segments that are operations of the API. */
  private static final Set<String> RESERVED = Set.of("search", "bulk");

  /**
   * @throws CallerProblem 400 if a segment is empty or may not be used, or the path is too long
   */
  public MemoryPath {
    check(namespace, "namespace");
    check(key, "key");
    requireShort(namespace.length() + 1 + key.length(), namespace + '/' + key);
  }

  /**
   * The path of the segments of a URL, decoded; a segment may have slashes of its own. Of more than
   * two, the last is the key.
   *
   * @throws CallerProblem 400 if it is not one
   */
  public static MemoryPath of(List<String> segments) {
    if (segments.size() < 2) {
      throw CallerProblem.invalid("key", "The path has a namespace, and no key after it.");
    }
    int last = segments.size() - 1;
    return new MemoryPath(String.join("/", segments.subList(0, last)), segments.get(last));
  }

  /**
   * Checks a namespace.
   *
   * @throws CallerProblem 400 if it is not one
   */
  public static String namespace(String text) {
    check(text, "namespace");
    requireShort(text.length(), text);
    return text;
  }

  /** All segments, which identify the object. */
  public String text() {
    return namespace + '/' + key;
  }

  /** A path from what {@link #text} returns, and where the key begins in it. */
  public static MemoryPath at(String text, int keyStart) {
    return new MemoryPath(text.substring(0, keyStart - 1), text.substring(keyStart));
  }

  private static void requireShort(int length, String text) {
    if (length > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw CallerProblem.invalid(
          "key", "Namespace and key have at most " + MAX_BYTES + " bytes together.");
    }
  }

  private static void check(String text, String what) {
    boolean first = what.equals("namespace");
    for (String segment : text.split("/", -1)) {
      if (text.isEmpty()) {
        throw CallerProblem.invalid(what, "The path has no " + what + ": it is NAMESPACE/KEY.");
      }
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw CallerProblem.invalid(
            what, "The " + what + " has a segment that is empty, '.' or '..'.");
      }
      if (first && RESERVED.contains(segment)) {
        throw CallerProblem.invalid(
            what, "A namespace cannot begin with '" + segment + "', which is a path of the API.");
      }
      first = false;
    }
    text(text, what);
  }

  /**
   * Checks a text that every store can take: part of a path, or a tag.
   *
   * @param what it is, for the message
   * @throws CallerProblem 400 if it has a control character or one that is not Unicode text
   */
  public static String text(String text, String what) {
    if (!text.codePoints().allMatch(MemoryPath::mayBeUsed)) {
      throw CallerProblem.invalid(
          what, "The " + what + " has a control character or one that is not Unicode text.");
    }
    return text;
  }

  /** No control characters, no unpaired surrogates, none of the noncharacters of Unicode. */
  private static boolean mayBeUsed(int c) {
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !Character.isISOControl(c) && !surrogate && (c & 0xFFFE) != 0xFFFE;
  }

  @Override
  public String toString() {
    return text();
  }
}
