package dev.serai.adapters.dialects.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.core.chat.OpaqueState;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Carries {@link OpaqueState} through a client that speaks another dialect, in a place that it
 * hands back unread: a signature, an encrypted content, a tool call's id. The text begins with
 * {@code serai1_}, then base64url (RFC 4648, section 5) without padding of four lines: dialect,
 * provider, kind, data. A tool call's id carries the provider's own id as one line before them.
 * Described in docs/fidelity.md.
 */
public final class OpaqueStateCodec {
  /** How every carrier begins. */
  public static final String MARK = "serai1_";

  private static final byte[] MARK_BYTES = MARK.getBytes(StandardCharsets.US_ASCII);
  private static final int STATE_LINES = 4;

  private OpaqueStateCodec() {}

  /**
   * A tool call's id, taken apart.
   *
   * @param id the provider's
   */
  public record CallId(String id, Optional<OpaqueState> state) {}

  /** The bytes of {@link #MARK}, for looking through requests. Not to be changed. */
  public static byte[] markBytes() {
    return MARK_BYTES;
  }

  /** The state as text of letters, digits, {@code -} and {@code _}. */
  public static String encode(OpaqueState state) {
    return text(lines(state));
  }

  /** The state that a text carries; empty for any other text. */
  public static Optional<OpaqueState> decode(String text) {
    return decoded(text).flatMap(OpaqueStateCodec::state);
  }

  /** The id that a client is given for a call: the provider's own unless there is a state. */
  public static String callId(String id, Optional<OpaqueState> state) {
    return state.isEmpty() ? id : text(id + "\n" + lines(state.get()));
  }

  /** What a client's id for a call stands for. */
  public static CallId callId(String given) {
    Optional<String> lines = decoded(given);
    int end = lines.orElse("").indexOf('\n');
    if (end < 0) {
      return new CallId(given, Optional.empty());
    }
    return new CallId(lines.get().substring(0, end), state(lines.get().substring(end + 1)));
  }

  /** Puts the provider's own id where a client's for a call stands. */
  public static void plainId(ObjectNode node, String member) {
    JsonNode given = node.path(member);
    if (given.isTextual() && given.textValue().startsWith(MARK)) {
      node.put(member, callId(given.textValue()).id());
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
      // A client may call a tool what it likes.
      return Optional.empty();
    }
  }
}
