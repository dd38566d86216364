package dev.serai.core.session;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A message of a session as it is stored. Immutable.
 *
 * @param number its place: messages of a session follow one another by number
 * @param id that the gateway made
 */
public record SessionMessage(long number, String id, Instant created, Content content) {
  /** What all IDs of messages begin with. */
  public static final String PREFIX = "msg_";

  /** The largest text of a message, in bytes. */
  public static final int MAX_BYTES = 1024 * 1024;

  /** Whether it is the call of a tool or its result. */
  public boolean isOfTool() {
    return content.type() == Type.TOOL_CALL || content.type() == Type.TOOL_RESULT;
  }

  /**
   * What a message says.
   *
   * @param text what can be read of it
   * @param metadata a JSON object of the client
   * @param partial whether the message was cut off
   * @param pinned whether it stays when a full session loses its oldest messages
   */
  public record Content(
      Role role, Type type, String text, String metadata, boolean partial, boolean pinned) {
    /** About how many bytes it takes. */
    public long bytes() {
      return (long) text.length() + metadata.length();
    }
  }

  /** Who speaks. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL;

    /** Its name in requests, replies and the database. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The names of all. */
    public static List<String> labels() {
      return Arrays.stream(values()).map(Role::label).toList();
    }

    /** The role of that name. */
    public static Optional<Role> find(String label) {
      return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
    }
  }

  /** What a message consists of. */
  public enum Type {
    TEXT,
    IMAGE,
    AUDIO,
    VIDEO,
    FILE,
    TOOL_CALL,
    TOOL_RESULT,
    SYSTEM_EVENT;

    /** Its name in requests, replies and the database. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The names of all. */
    public static List<String> labels() {
      return Arrays.stream(values()).map(Type::label).toList();
    }

    /** The type of that name. */
    public static Optional<Type> find(String label) {
      return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
    }
  }
}
