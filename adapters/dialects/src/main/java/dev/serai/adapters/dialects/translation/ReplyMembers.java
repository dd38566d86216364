package dev.serai.adapters.dialects.translation;

import dev.serai.adapters.dialects.json.JsonCursor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The members of a provider's reply that a dialect reads. What it does not read is lost for a
 * client of another dialect: {@link #report} names it. The reverse of {@link RequestFields}.
 *
 * <p>Written as text: names with spaces between. {@code name} is read with all that it holds.
 * {@code name{...}} is an object, or an array of objects, of which these members are read. {@code
 * name(a b){...}} holds objects with a {@code type}, of which these types are read. {@code
 * name=other{...}} is reported under the other name, and {@code name=.{...}} without a name.
 * Immutable.
 */
public final class ReplyMembers {
  private static final Pattern WORD = Pattern.compile("[\\w.]+|[{}()=]");

  private final String path;
  private final Map<String, ReplyMembers> members = new HashMap<>();
  private final Set<String> types = new HashSet<>();
  private boolean whole = true;

  private ReplyMembers(String path) {
    this.path = path;
  }

  /** Reads the text about the members of a reply. */
  public static ReplyMembers of(String text) {
    return at("", text);
  }

  /**
   * Reads the text about the members of an object in a reply.
   *
   * @param path the names that lead to the object
   */
  public static ReplyMembers at(String path, String text) {
    ReplyMembers root = new ReplyMembers(path);
    root.whole = false;
    List<String> words = WORD.matcher(text).results().map(MatchResult::group).toList();
    for (int at = 0; at < words.size(); ) {
      at = root.add(words, at);
    }
    return root;
  }

  /** Adds the member at a word; returns the place of the word behind it. */
  private int add(List<String> words, int at) {
    String name = words.get(at);
    int next = at + 1;
    boolean renamed = follows(words, next, "=");
    ReplyMembers added = new ReplyMembers(inside(renamed ? words.get(next + 1) : name));
    members.put(name, added);
    next += renamed ? 2 : 0;
    if (follows(words, next, "(")) {
      for (next++; !words.get(next).equals(")"); next++) {
        added.types.add(words.get(next));
      }
      next++;
    }
    if (follows(words, next, "{")) {
      added.whole = false;
      for (next++; !words.get(next).equals("}"); ) {
        next = added.add(words, next);
      }
      next++;
    }
    return next;
  }

  private static boolean follows(List<String> words, int at, String word) {
    return at < words.size() && words.get(at).equals(word);
  }

  private String inside(String name) {
    if (name.equals(".")) {
      return path;
    }
    return path.isEmpty() ? name : path + "." + name;
  }

  /**
   * Reports the members of an object that are not read and have content.
   *
   * @param unread accepts their names, which may repeat
   */
  public void report(byte[] json, int from, int to, Consumer<String> unread) {
    new Walk(json, to, unread).value(this, new JsonCursor().over(json, from, to));
  }

  private record Walk(byte[] json, int to, Consumer<String> unread) {
    void value(ReplyMembers known, JsonCursor cursor) {
      if (known.whole || cursor.peek() != '{' && cursor.peek() != '[') {
        cursor.skip();
      } else if (cursor.peek() == '[') {
        cursor.enterArray();
        while (cursor.nextElement()) {
          value(known, cursor);
        }
      } else if (known.types.isEmpty() || isRead(known, cursor.offset())) {
        object(known, cursor);
      } else {
        cursor.skip();
      }
    }

    private void object(ReplyMembers known, JsonCursor cursor) {
      cursor.enterObject();
      while (cursor.nextMember()) {
        String name = cursor.name();
        ReplyMembers member = known.members.get(name);
        int start = cursor.offset();
        if (member != null) {
          value(member, cursor);
        } else {
          cursor.skip();
          if (says(start, cursor.offset())) {
            unread.accept(known.inside(name));
          }
        }
      }
    }

    /** Whether objects of its type are read; if not, it is reported. */
    private boolean isRead(ReplyMembers known, int from) {
      JsonCursor cursor = new JsonCursor().over(json, from, to);
      String type = "";
      cursor.enterObject();
      while (cursor.nextMember()) {
        if (cursor.peek() == '"' && cursor.name().equals("type")) {
          type = cursor.text();
        } else {
          cursor.skip();
        }
      }
      boolean read = type.isEmpty() || known.types.contains(type);
      if (!read) {
        unread.accept(known.inside(type));
      }
      return read;
    }

    /** Whether a value has content: null, false, 0 and what is empty have none. */
    private boolean says(int start, int end) {
      return switch (json[start]) {
        case 'n', 'f' -> false;
        case 't' -> true;
        case '"' -> end - start > 2;
        case '{', '[' -> holdsAnything(start, end);
        default -> isNotZero(start, end);
      };
    }

    private boolean holdsAnything(int start, int end) {
      for (int i = start + 1; i < end - 1; i++) {
        if (json[i] > ' ') {
          return true;
        }
      }
      return false;
    }

    private boolean isNotZero(int start, int end) {
      for (int i = start; i < end && (json[i] | 0x20) != 'e'; i++) {
        if (json[i] > '0' && json[i] <= '9') {
          return true;
        }
      }
      return false;
    }
  }
}
