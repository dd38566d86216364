package dev.serai.adapters.dialects.request;

import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a caller asked for that a conversation has no place for: members by name, as JSON. A dialect
 * takes those that it has a word for, and reports the rest. For one request; not thread-safe.
 */
public final class UnmappedFields {
  private final Map<String, String> json;

  /** All that is unknown of a conversation. */
  public UnmappedFields(Conversation conversation) {
    this.json = new TreeMap<>(conversation.unknown());
  }

  /** Takes a member, as JSON, if it is there and a number. */
  public Optional<String> number(String name) {
    String value = json.getOrDefault(name, "");
    boolean number =
        !value.isEmpty() && (value.charAt(0) == '-' || Character.isDigit(value.charAt(0)));
    return number ? take(name) : Optional.empty();
  }

  /** Takes a member, as JSON, if it is there and a text. */
  public Optional<String> text(String name) {
    return json.getOrDefault(name, "").startsWith("\"") ? take(name) : Optional.empty();
  }

  /** Takes a member, as JSON, whatever it is. */
  public Optional<String> take(String name) {
    return Optional.ofNullable(json.remove(name));
  }

  /** Reports what nobody took. */
  public void report(DroppedFields dropped) {
    dropped.addAll(json);
  }
}
