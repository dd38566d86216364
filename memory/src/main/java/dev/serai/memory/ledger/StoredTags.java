package dev.serai.memory.ledger;

import java.util.Collection;
import java.util.List;

/**
 * The tags of a row as one text: each between two line breaks, so that a tag is found as a part of
 * the text. Pure.
 */
final class StoredTags {
  private static final String BREAK = "\n";

  private static final String HAS_TAG = "REPLACE(tags, ?, '') <> tags";

  private static final String HAS_NONE = "tags = ?";

  private StoredTags() {}

  static String text(Collection<String> tags) {
    return tags.isEmpty() ? "" : BREAK + String.join(BREAK, tags) + BREAK;
  }

  static List<String> of(String text) {
    return text.length() < 2
        ? List.of()
        : List.of(text.substring(1, text.length() - 1).split(BREAK));
  }

  /** The part of the text that stands for one tag; empty for rows without tags. */
  static String part(String tag) {
    return tag.isEmpty() ? "" : BREAK + tag + BREAK;
  }

  /**
   * The condition for rows with this tag, or for rows without tags if it is empty. Its parameter is
   * {@link #part}. It compares with regard to case, which LIKE does not in SQLite.
   */
  static String condition(String tag) {
    return tag.isEmpty() ? HAS_NONE : HAS_TAG;
  }
}
