package dev.serai.core.responses;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An answer that is kept, with what was asked, so that it can be looked at and gone on from. Safe
 * for use by many threads.
 */
public interface StoredResponse {
  /** What a store keeps it under. */
  String id();

  /** The provider that made the id and may keep the answer too; empty if the gateway made it. */
  Optional<String> provider();

  /** What was asked, as the caller sent it: JSON. Not to be changed. */
  byte[] request();

  /** Ids of the answers that it goes on from, at once and not by way of others. */
  Set<String> previousIds();

  /** The answer as the caller got it: JSON. Not to be changed. */
  byte[] response();

  /** Ids of the items in the answer, by which later requests may refer to them. */
  List<String> itemIds();

  /** About how many bytes it keeps in memory, with all that it goes on from. */
  long weight();

  /** What was asked, with all that it went on from, as one page of a list: JSON. */
  byte[] inputItems(Page page);

  /**
   * Part of a list.
   *
   * @param limit at most so many, at least 1
   * @param newestFirst whether it runs from the end
   * @param after the id of the item before the page
   */
  record Page(int limit, boolean newestFirst, Optional<String> after) {}
}
