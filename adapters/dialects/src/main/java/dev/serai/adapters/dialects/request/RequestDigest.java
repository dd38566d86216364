package dev.serai.adapters.dialects.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.hash.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;
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

  private final MessageDigest digest = Sha256.digest();

  private RequestDigest() {}

  /** The digest; empty if the request is too large. */
  static Optional<String> of(JsonMembers request) {
    if (request.bytes().length > MAX_BYTES) {
      return Optional.empty();
    }
    RequestDigest made = new RequestDigest();
    made.object(StrictJson.tree(request.bytes()), IGNORED);
    return Optional.of(HexFormat.of().formatHex(made.digest.digest()));
  }

  private void add(JsonNode value) {
    if (value.isObject()) {
      object(value, Set.of());
    } else if (value.isArray()) {
      add("[");
      value.forEach(this::add);
      add("]");
    } else {
      scalar(value);
    }
  }

  private void object(JsonNode object, Set<String> ignored) {
    TreeMap<String, JsonNode> members = new TreeMap<>();
    object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    members.keySet().removeAll(ignored);
    add("{");
    members.forEach(
        (name, value) -> {
          text(name);
          add(value);
        });
    add("}");
  }

  /** A text says its length first, so that no two requests have the same bytes. */
  private void scalar(JsonNode value) {
    if (value.isTextual()) {
      text(value.textValue());
    } else {
      add(value.asText() + ",");
    }
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
