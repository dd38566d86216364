package dev.serai.adapters.dialects.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.hash.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The digest of a JSON request in which the order of members and white space do not count, nor the
 * members that do not change the response. Pure.
 */
final class RequestDigest {
  /** It is parsed as a tree, which takes many times its bytes. */
  static final int MAX_BYTES = 256 * 1024;

  /**
   * The model is known otherwise; whether and how the response is streamed, and for which user,
   * does not change its content.
   */
  private static final Set<String> IGNORED =
      Set.of(
          "model",
          "stream",
          "stream_options",
          "user",
          "metadata",
          "safety_identifier",
          "prompt_cache_key",
          "prompt_cache_retention",
          "keep_alive");

  /** Where the messages are, in the dialects of clients. */
  private static final List<String> MESSAGES = List.of("messages", "contents", "input", "prompt");

  private final MessageDigest digest = Sha256.digest();
  private final Optional<String> left;
  private int before;
  private boolean inMessages;

  /**
   * @param left a text that is left out of the messages where it is there for the last time
   * @param before how often it is there before
   */
  private RequestDigest(Optional<String> left, int before) {
    this.left = left;
    this.before = before;
  }

  /** The digest; empty if the request is too large. */
  static Optional<String> of(JsonMembers request) {
    if (request.bytes().length > MAX_BYTES) {
      return Optional.empty();
    }
    return Optional.of(new RequestDigest(Optional.empty(), 0).of(StrictJson.tree(request.bytes())));
  }

  /** That of a request without a text; empty if its messages have no such text. */
  static Optional<String> without(String text, JsonMembers request) {
    JsonNode tree = StrictJson.tree(request.bytes());
    int times = MESSAGES.stream().mapToInt(name -> count(tree.path(name), text)).sum();
    return times == 0
        ? Optional.empty()
        : Optional.of(new RequestDigest(Optional.of(text), times - 1).of(tree));
  }

  private static int count(JsonNode value, String text) {
    int times = value.isTextual() && value.textValue().equals(text) ? 1 : 0;
    for (JsonNode part : value) {
      times += count(part, text);
    }
    return times;
  }

  private String of(JsonNode request) {
    TreeMap<String, JsonNode> members = members(request, IGNORED);
    add("{");
    members.forEach(
        (name, value) -> {
          text(name);
          inMessages = MESSAGES.contains(name);
          add(value);
        });
    add("}");
    return HexFormat.of().formatHex(digest.digest());
  }

  private void add(JsonNode value) {
    if (value.isObject()) {
      object(value);
    } else if (value.isArray()) {
      add("[");
      value.forEach(this::add);
      add("]");
    } else {
      scalar(value);
    }
  }

  private static TreeMap<String, JsonNode> members(JsonNode object, Set<String> ignored) {
    TreeMap<String, JsonNode> members = new TreeMap<>();
    object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    members.keySet().removeAll(ignored);
    return members;
  }

  private void object(JsonNode object) {
    add("{");
    members(object, Set.of())
        .forEach(
            (name, value) -> {
              text(name);
              add(value);
            });
    add("}");
  }

  /** A text says its length first, so that no two requests have the same bytes. */
  private void scalar(JsonNode value) {
    if (value.isTextual() && isLeft(value.textValue())) {
      add("?");
    } else if (value.isTextual()) {
      text(value.textValue());
    } else {
      add(value.asText() + ",");
    }
  }

  private boolean isLeft(String text) {
    return inMessages && left.filter(text::equals).isPresent() && before-- == 0;
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    add("\"" + bytes.length + ":");
    digest.update(bytes);
  }

  private void add(String mark) {
    digest.update(mark.getBytes(UTF_8));
  }
}
