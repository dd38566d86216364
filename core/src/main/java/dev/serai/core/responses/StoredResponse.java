package dev.serai.core.responses;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A stored response with its request, which later requests can read and continue. Safe for use by
 * many threads.
 */
public interface StoredResponse {
  /** The key in the store. */
  String id();

  /** The provider that made the id and may store the response too; empty if the gateway made it. */
  Optional<String> provider();

  /** The request as the caller sent it: JSON. Not to be changed. */
  byte[] request();

  /** Ids of the responses that it directly continues. */
  Set<String> previousIds();

  /** The response as the caller received it: JSON. Not to be changed. */
  byte[] response();

  /** Ids of the items in the response, which later requests may reference. */
  List<String> itemIds();

  /** About how many bytes of memory it takes, with the responses that it continues. */
  long weight();

  /**
   * The input items, with those of the responses that it continues, as one page of a list: JSON.
   */
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
