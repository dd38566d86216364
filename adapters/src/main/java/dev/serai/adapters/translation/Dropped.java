package dev.serai.adapters.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What of a caller's request a dialect cannot say, or says weaker: names in the caller's words,
 * each once, in the order noticed. Names may come from the caller and end in a header: they are
 * cut, and what is not plain is replaced. Not thread-safe.
 */
public final class Dropped {
  private static final int MOST_NAMES = 32;
  private static final int LONGEST_NAME = 64;

  private final List<String> names = new ArrayList<>(4);

  /** Notes one; after 32 no more are noted. */
  public void add(String name) {
    String plain = plain(name);
    if (names.size() < MOST_NAMES && !names.contains(plain)) {
      names.add(plain);
    }
  }

  /** Notes every field that asks for something: one that is null or false asks for nothing. */
  public void addAll(Map<String, String> jsonByName) {
    jsonByName.forEach(
        (name, json) -> {
          if (!json.equals("null") && !json.equals("false")) {
            add(name);
          }
        });
  }

  /** What was noted so far. */
  public List<String> names() {
    return List.copyOf(names);
  }

  private static String plain(String name) {
    int length = Math.min(name.length(), LONGEST_NAME);
    StringBuilder plain = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char c = name.charAt(i);
      plain.append(c > ' ' && c < 0x7F && c != ',' ? c : '_');
    }
    return plain.toString();
  }
}
