package dev.serai.core.features;

import java.util.ArrayList;
import java.util.List;

/**
 * The texts of a message in order, as one text with line breaks between them. Of very many texts
 * those in the middle are left out. Not thread-safe.
 */
final class Pieces {
  private static final int MAX = 64;

  private final List<Excerpt> texts = new ArrayList<>(2);

  void add(Excerpt text) {
    if (text.isEmpty()) {
      return;
    }
    if (texts.size() == MAX) {
      texts.remove(MAX / 2);
    }
    texts.add(text);
  }

  boolean isEmpty() {
    return texts.isEmpty();
  }

  /** The beginning, at most that many characters. */
  String head(int max) {
    if (texts.size() == 1) {
      return texts.getFirst().head(max);
    }
    StringBuilder head = new StringBuilder();
    for (Excerpt text : texts) {
      if (head.length() >= max) {
        break;
      }
      head.append(head.isEmpty() ? "" : "\n").append(text.head(max));
    }
    return head.substring(0, Math.min(max, head.length()));
  }

  /** The end, at most that many characters. */
  String tail(int max) {
    if (texts.size() == 1) {
      return texts.getFirst().tail(max);
    }
    StringBuilder tail = new StringBuilder();
    for (int i = texts.size() - 1; i >= 0 && tail.length() < max; i--) {
      tail.insert(0, tail.isEmpty() ? "" : "\n").insert(0, texts.get(i).tail(max));
    }
    return tail.substring(Math.max(0, tail.length() - max));
  }

  /** All of it if it is short, and otherwise its beginning and its end. */
  String ends(int first, int last) {
    String head = head(first + last);
    if (head.length() < first + last) {
      return head;
    }
    return head.substring(0, first) + "\n" + tail(last);
  }
}
