package dev.serai.core.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A session as it is stored. Immutable.
 *
 * @param id that the gateway made, such as {@code sess_0123...}
 * @param owner who made it
 * @param status as it was set, or {@link Status#EXPIRED}
 * @param life how long after its last use it expires
 * @param updated when it was last used or changed
 * @param messages how many it has
 */
public record Session(
    String id,
    SessionOwner owner,
    Status status,
    Duration life,
    Instant created,
    Instant updated,
    int messages,
    SessionFacts facts) {
  /** What all IDs of sessions begin with. */
  public static final String PREFIX = "sess_";

  private static final Pattern ID = Pattern.compile(PREFIX + "[0-9a-f]{32}");

  /** Whether a text has the form of an ID of a stored session. */
  public static boolean isId(String text) {
    return text.startsWith(PREFIX) && ID.matcher(text).matches();
  }

  /** What a session is doing. */
  public enum Status {
    ACTIVE,
    PAUSED,
    COMPLETED,
    /** Not used for the time of its life. It is never stored: it follows from the time. */
    EXPIRED;

    /** Its name in requests, replies and the database. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The status of that name. */
    public static Optional<Status> find(String label) {
      return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
    }
  }

  /** When it expires, unless it is used before. */
  public Instant expires() {
    return updated.plus(life);
  }
}
