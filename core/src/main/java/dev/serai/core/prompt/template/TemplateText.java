package dev.serai.core.prompt.template;

import dev.serai.core.problem.CallerProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places for variables, written <code>{{name}}</code>. It has no logic: a place is
 * replaced by a value, and a value is never read as a template. Immutable.
 */
final class TemplateText {
  private static final String BEGIN = "{{";
  private static final Pattern PLACE =
      Pattern.compile("(?<!\\{)\\{\\{ {0,8}([A-Za-z_][A-Za-z0-9_]{0,63}) {0,8}\\}\\}");

  /** Texts and names of variables in turn, a text first and last. */
  private final List<String> pieces;

  private TemplateText(List<String> pieces) {
    this.pieces = List.copyOf(pieces);
  }

  /**
   * Reads a template.
   *
   * @throws CallerProblem 400 if it has <code>{{</code> without the name of a variable
   */
  static TemplateText of(String template) {
    List<String> pieces = new ArrayList<>();
    Matcher place = PLACE.matcher(template);
    int end = 0;
    while (place.find()) {
      pieces.add(plain(template.substring(end, place.start())));
      pieces.add(place.group(1));
      end = place.end();
    }
    pieces.add(plain(template.substring(end)));
    return new TemplateText(pieces);
  }

  private static String plain(String text) {
    int at = text.indexOf(BEGIN);
    if (at >= 0) {
      String shown = text.substring(at, Math.min(text.length(), at + 24));
      throw CallerProblem.invalid(
          "messages",
          "'messages' has '"
              + shown
              + "': '{{' begins a variable such as {{name}}, and there is no logic beside it. A"
              + " variable with a default can hold a text that has '{{'.");
    }
    return text;
  }

  /** The variables that it has places for. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (int i = 1; i < pieces.size(); i += 2) {
      names.add(pieces.get(i));
    }
    return names;
  }

  /** How many characters it has with these values. */
  long length(Map<String, String> values) {
    long length = 0;
    for (int i = 0; i < pieces.size(); i++) {
      length += piece(i, values).length();
    }
    return length;
  }

  /** The text with these values in its places. */
  String with(Map<String, String> values) {
    StringBuilder text = new StringBuilder((int) length(values));
    for (int i = 0; i < pieces.size(); i++) {
      text.append(piece(i, values));
    }
    return text.toString();
  }

  private String piece(int i, Map<String, String> values) {
    return i % 2 == 0 ? pieces.get(i) : values.getOrDefault(pieces.get(i), "");
  }
}
