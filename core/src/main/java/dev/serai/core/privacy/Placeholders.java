package dev.serai.core.privacy;

import dev.serai.core.problem.CallerProblem;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The placeholders of one call and the values that they stand for: {@code [EMAIL_1]}. The same
 * value always has the same placeholder, and a placeholder that the caller wrote itself is not
 * used. They are numbered in the order of the request, so that the requests of one conversation
 * begin alike. Bounded. Confined to one thread at a time, as its call.
 */
public final class Placeholders {
  /** The length of the longest placeholder. */
  static final int MAX_LENGTH = 24;

  private static final int MAX_VALUES = 10_000;

  private final Map<String, String> byValue = new HashMap<>();
  private final Map<String, String> byPlaceholder = new HashMap<>();
  private final Map<PiiKind, Integer> last = new EnumMap<>(PiiKind.class);
  private final Set<String> written = new HashSet<>();

  /** The same placeholders and values; what is added to one of the two is not in the other. */
  public Placeholders copy() {
    Placeholders copy = new Placeholders();
    copy.byValue.putAll(byValue);
    copy.byPlaceholder.putAll(byPlaceholder);
    copy.last.putAll(last);
    copy.written.addAll(written);
    return copy;
  }

  /** Whether no value has a placeholder. */
  public boolean isEmpty() {
    return byValue.isEmpty();
  }

  /** Notes the placeholders that a caller wrote in its text. */
  void reserve(String text) {
    int open = text.indexOf('[');
    while (open >= 0) {
      int close = text.indexOf(']', open, Math.min(text.length(), open + MAX_LENGTH));
      if (close > 0 && Chars.isDigit(text.charAt(close - 1))) {
        written.add(text.substring(open, close + 1));
      }
      open = text.indexOf('[', open + 1);
    }
  }

  /**
   * The placeholder of a value.
   *
   * @throws CallerProblem 400 if the request has too many
   */
  String of(PiiKind kind, String value) {
    String known = byValue.get(value);
    if (known != null) {
      return known;
    }
    if (byValue.size() == MAX_VALUES) {
      throw CallerProblem.invalid(
          "The request has more than "
              + MAX_VALUES
              + " different personal values, which is more than Serai masks.");
    }
    String made;
    do {
      made = "[" + kind.name() + "_" + last.merge(kind, 1, Integer::sum) + "]";
    } while (written.contains(made));
    byValue.put(value, made);
    byPlaceholder.put(made, value);
    return made;
  }

  /** A text with placeholders for what was found in it. */
  String mask(String text, List<Finding> findings) {
    StringBuilder masked = new StringBuilder(text.length());
    int from = 0;
    for (Finding finding : findings) {
      String value = text.substring(finding.start(), finding.end());
      masked.append(text, from, finding.start()).append(of(finding.kind(), value));
      from = finding.end();
    }
    return masked.append(text, from, text.length()).toString();
  }

  /** The value that a placeholder stands for. */
  Optional<String> value(String placeholder) {
    return Optional.ofNullable(byPlaceholder.get(placeholder));
  }

  /** Only how many there are. */
  @Override
  public String toString() {
    return byValue.size() + " placeholders";
  }
}
