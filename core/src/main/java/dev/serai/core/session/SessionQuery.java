package dev.serai.core.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which sessions to list, the newest first.
 *
 * @param owner only those of this owner; empty for all of the tenant
 * @param after the ID of the session before the first one
 * @param limit at most this many
 */
public record SessionQuery(
    String tenant,
    Optional<SessionOwner> owner,
    Optional<Session.Status> status,
    Optional<String> after,
    int limit) {
  /**
   * Which messages of a session to read.
   *
   * @param text that they contain, in any case of letters; empty for all
   * @param since not before this time
   * @param until before this time
   */
  public record Filter(
      Optional<SessionMessage.Role> role,
      Optional<SessionMessage.Type> type,
      String text,
      Optional<Instant> since,
      Optional<Instant> until) {
    /** All messages. */
    public static final Filter ALL =
        new Filter(Optional.empty(), Optional.empty(), "", Optional.empty(), Optional.empty());
  }

  /**
   * Part of the messages of a session.
   *
   * @param after the number of the message before the first one; empty for the beginning of the
   *     list
   * @param newestFirst whether the list begins with the last message
   * @param limit at most this many; fewer if they have about {@link #MAX_BYTES}
   */
  public record Page(Filter filter, Optional<Long> after, boolean newestFirst, int limit) {
    /** About the most bytes of one page; it has one message at least. */
    public static final long MAX_BYTES = 2L * SessionMessage.MAX_BYTES;
  }

  /**
   * The messages of a page in its order.
   *
   * @param more whether others follow
   */
  public record Messages(List<SessionMessage> page, boolean more) {
    public Messages {
      page = List.copyOf(page);
    }
  }
}
