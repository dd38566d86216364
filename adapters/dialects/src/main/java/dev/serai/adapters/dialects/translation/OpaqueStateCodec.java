package dev.serai.adapters.dialects.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.core.chat.OpaqueState;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Encodes {@link OpaqueState} as text, to carry it through a client that speaks another dialect in
 * a place that the client sends back unread: a signature, encrypted content, the id of a tool call.
 * The text begins with {@code serai1_}, then base64url (RFC 4648, section 5) without padding of
 * four lines: dialect, provider, kind, data. The id of a tool call has the provider's own id as one
 * line before them. Described in docs/fidelity.md. Stateless.
 */
public final class OpaqueStateCodec {
  /** The beginning of every encoded state. */
  public static final String MARK = "serai1_";

  private static final byte[] MARK_BYTES = MARK.getBytes(StandardCharsets.US_ASCII);
  private static final int STATE_LINES = 4;

  /** An id that every provider accepts. */
  private static final Pattern PLAIN_ID = Pattern.compile("[a-zA-Z0-9_-]{1,40}");

  private OpaqueStateCodec() {}

  /**
   * The decoded id of a tool call.
   *
   * @param id the provider's
   */
  public record CallId(String id, Optional<OpaqueState> state) {}

  /** The bytes of {@link #MARK}, to search requests for. Not to be changed. */
  public static byte[] markBytes() {
    return MARK_BYTES;
  }

  /** Encodes a state as letters, digits, {@code -} and {@code _}. */
  public static String encode(OpaqueState state) {
    return text(lines(state));
  }

  /** Decodes a state; empty for any other text. */
  public static Optional<OpaqueState> decode(String text) {
    return decoded(text).flatMap(OpaqueStateCodec::state);
  }

  /**
   * The id of a call for a client: the provider's own unless there is a state, or the id is one
   * that another provider may refuse, to which the client sends the conversation next.
   */
  public static String callId(String id, Optional<OpaqueState> state) {
    return state.isEmpty() && PLAIN_ID.matcher(id).matches()
        ? id
        : text(id + "\n" + state.map(OpaqueStateCodec::lines).orElse(""));
  }

  /** Decodes the id of a call that a client sends. */
  public static CallId callId(String given) {
    Optional<String> lines = decoded(given);
    int end = lines.orElse("").indexOf('\n');
    if (end < 0) {
      return new CallId(given, Optional.empty());
    }
    return new CallId(lines.get().substring(0, end), state(lines.get().substring(end + 1)));
  }

  /**
   * Replaces a client's id of a call with the provider's own, and one that the provider does not
   * accept.
   *
   * @param fit makes the id of another provider one that this provider accepts
   */
  public static void plainId(ObjectNode node, String member, UnaryOperator<String> fit) {
    JsonNode given = node.path(member);
    if (given.isTextual()) {
      node.put(member, fit.apply(callId(given.textValue()).id()));
    }
  }

  private static String lines(OpaqueState state) {
    return String.join("\n", state.dialect(), state.provider(), state.kind(), state.data());
  }

  private static Optional<OpaqueState> state(String lines) {
    String[] line = lines.split("\n", STATE_LINES);
    return line.length == STATE_LINES
        ? Optional.of(new OpaqueState(line[0], line[1], line[2], line[3]))
        : Optional.empty();
  }

  private static String text(String lines) {
    return MARK
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(lines.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> decoded(String text) {
    if (!text.startsWith(MARK)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text.substring(MARK.length()));
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      // The id of a client may have any form.
      return Optional.empty();
    }
  }
}
