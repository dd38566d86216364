package dev.serai.core.guard;

import dev.serai.core.guard.Expression.Repeat;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Reads a regular expression: characters, sets, groups, choices, counts and the boundary {@code
 * \b}. There are no references and no look-around, because they cannot be matched in linear time.
 * For one use; not thread-safe.
 */
final class Parser {
  private static final int MAX_COUNT = 1000;
  private static final int MAX_DEPTH = 50;

  private final String text;
  private int at;
  private int depth;

  Parser(String expression) {
    this.text = expression;
  }

  /** A phrase as a regular expression: whole words with any white space between them. */
  static String ofPhrase(String phrase) {
    String plain = phrase.strip();
    StringBuilder expression = new StringBuilder(bound(plain.charAt(0)));
    boolean space = false;
    for (char c : plain.toCharArray()) {
      if (!Character.isWhitespace(c)) {
        expression.append(space ? "\\s{1,16}" : "");
        expression.append(Character.isLetterOrDigit(c) ? "" : "\\").append(c);
      }
      space = Character.isWhitespace(c);
    }
    return expression.append(bound(plain.charAt(plain.length() - 1))).toString();
  }

  private static String bound(char c) {
    return CharClass.isWord(c) ? "\\b" : "";
  }

  Expression read() {
    Expression all = choice();
    if (at < text.length()) {
      throw fault("has a ) without a (");
    }
    return all;
  }

  private Expression choice() {
    if (++depth > MAX_DEPTH) {
      throw fault("has more than " + MAX_DEPTH + " levels of groups");
    }
    List<Expression> parts = new ArrayList<>();
    parts.add(sequence());
    while (text.startsWith("|", at)) {
      at++;
      parts.add(sequence());
    }
    depth--;
    return parts.size() == 1 ? parts.getFirst() : new Expression.Choice(parts);
  }

  private Expression sequence() {
    List<Expression> parts = new ArrayList<>();
    while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
      parts.add(counted(atom()));
    }
    return new Expression.Sequence(parts);
  }

  private Expression counted(Expression part) {
    char c = at < text.length() ? text.charAt(at) : 0;
    Expression repeated =
        switch (c) {
          case '?' -> repeat(part, 0, 1);
          case '*' -> repeat(part, 0, Repeat.UNBOUNDED);
          case '+' -> repeat(part, 1, Repeat.UNBOUNDED);
          case '{' -> bounded(part);
          default -> part;
        };
    if (!repeated.equals(part) && at < text.length() && "?*+{".indexOf(text.charAt(at)) >= 0) {
      throw fault("has a count after a count");
    }
    return repeated;
  }

  private Repeat repeat(Expression part, int least, int most) {
    at++;
    return new Repeat(part, least, most);
  }

  private Repeat bounded(Expression part) {
    int close = text.indexOf('}', at);
    String[] bounds = close < 0 ? new String[0] : text.substring(at + 1, close).split(",", -1);
    if (bounds.length < 1 || bounds.length > 2) {
      throw fault("has a { without a count; write \\{ for the character");
    }
    int least = number(bounds[0]);
    int most = least;
    if (bounds.length == 2) {
      most = bounds[1].isEmpty() ? Repeat.UNBOUNDED : number(bounds[1]);
    }
    if (most != Repeat.UNBOUNDED && most < least) {
      throw fault("has a count whose end is below its beginning");
    }
    at = close + 1;
    return new Repeat(part, least, most);
  }

  private int number(String digits) {
    if (!digits.matches("[0-9]{1,4}") || Integer.parseInt(digits) > MAX_COUNT) {
      throw fault("has a count that is not a number up to " + MAX_COUNT);
    }
    return Integer.parseInt(digits);
  }

  private Expression atom() {
    char c = text.charAt(at++);
    return switch (c) {
      case '(' -> group();
      case '[' -> new Expression.Member(set());
      case '.' -> new Expression.Member(CharClass.ANY);
      case '\\' -> escape(next());
      case '^', '$' -> throw fault("has " + c + ", which is not supported; escape the character");
      case '?', '*', '+', '{' -> throw fault("has a count without something before it");
      default -> new Expression.Literal(c);
    };
  }

  private Expression group() {
    if (text.startsWith("?:", at)) {
      at += 2;
    } else if (text.startsWith("?", at)) {
      throw fault("has a group with (?, which is not supported");
    }
    Expression inner = choice();
    if (at == text.length()) {
      throw fault("has a ( without a )");
    }
    at++;
    return inner;
  }

  private Expression escape(char c) {
    return switch (c) {
      case 'b' -> new Expression.Boundary();
      case 'd' -> new Expression.Member(CharClass.DIGITS);
      case 'D' -> new Expression.Member(CharClass.DIGITS.negate());
      case 'w' -> new Expression.Member(CharClass.WORD);
      case 'W' -> new Expression.Member(CharClass.WORD.negate());
      case 's' -> new Expression.Member(CharClass.SPACE);
      case 'S' -> new Expression.Member(CharClass.SPACE.negate());
      default -> new Expression.Literal(escaped(c));
    };
  }

  private char next() {
    if (at == text.length()) {
      throw fault("ends with a backslash or in a set");
    }
    return text.charAt(at++);
  }

  /** The character that an escape means. */
  private char escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'u' -> unicode();
      default -> {
        if (c < 128 && Character.isLetterOrDigit(c)) {
          throw fault("has \\" + c + ", which is not supported");
        }
        yield c;
      }
    };
  }

  private char unicode() {
    int end = at + 4;
    if (end > text.length() || !text.substring(at, end).matches("[0-9a-fA-F]{4}")) {
      throw fault("has \\u without four hexadecimal digits");
    }
    char c = (char) Integer.parseInt(text.substring(at, end), 16);
    at = end;
    return c;
  }

  private CharClass set() {
    boolean negated = text.startsWith("^", at);
    at += negated ? 1 : 0;
    BitSet members = new BitSet();
    for (char c = next(); c != ']'; c = next()) {
      if (c == '\\' && at < text.length() && "dws".indexOf(text.charAt(at)) >= 0) {
        members.or(((Expression.Member) escape(next())).of().members());
      } else {
        range(member(c), members);
      }
    }
    return CharClass.of(members, negated);
  }

  private void range(char from, BitSet members) {
    char to = from;
    if (text.startsWith("-", at) && !text.startsWith("-]", at)) {
      at++;
      to = member(next());
    }
    if (to < from) {
      throw fault("has a set with a range whose end is before its beginning");
    }
    members.set(from, to + 1);
  }

  private char member(char c) {
    return c == '\\' ? escaped(next()) : c;
  }

  private IllegalArgumentException fault(String what) {
    return new IllegalArgumentException("/" + text + "/ " + what);
  }
}
