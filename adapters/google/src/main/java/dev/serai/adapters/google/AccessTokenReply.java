package dev.serai.adapters.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.serai.core.http.Reply;
import java.io.IOException;
import java.time.Instant;
import java.util.regex.Pattern;

/** Reads the reply to a request for a token (RFC 6749, sections 5.1 and 5.2). */
final class AccessTokenReply {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern CODE = Pattern.compile("[a-z_]{1,40}");
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,8192}");
  private static final long MAX_SECONDS = 86_400;

  private AccessTokenReply() {}

  /**
   * The token.
   *
   * @throws NoTokenException if the reply has none
   */
  static AccessToken read(AccessTokenSource source, Reply reply, Instant now) {
    JsonNode body = body(reply);
    if (reply.status() != 200) {
      throw refused(source, reply.status(), body);
    }
    String token = body.path("access_token").asText("");
    long seconds = Math.min(body.path("expires_in").asLong(0), MAX_SECONDS);
    if (!TOKEN.matcher(token).matches() || seconds <= 0) {
      throw NoTokenException.temporary(source.server() + " sent a reply without a token", "");
    }
    return new AccessToken("Bearer " + token, now.plusSeconds(seconds), source.quotaProject());
  }

  private static JsonNode body(Reply reply) {
    byte[] bytes = reply instanceof Reply.Complete whole ? whole.body() : new byte[0];
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException e) {
      // The status says enough, and the text may hold a token.
      return MissingNode.getInstance();
    }
  }

  private static NoTokenException refused(AccessTokenSource source, int status, JsonNode body) {
    String code = body.path("error").asText("");
    String named = CODE.matcher(code).matches() ? " " + code : "";
    String what = source.server() + " answered " + status + named;
    if (status >= 500 || status == 429 || status == 408) {
      return NoTokenException.temporary(what, "");
    }
    String description = body.path("error_description").asText("");
    String hint = isAboutTime(description) ? "; check the clock of this machine" : "";
    return NoTokenException.of(what + " to " + source.label() + hint, printable(description));
  }

  /** "Token must be a short-lived token ... in a reasonable timeframe. Check your iat and exp". */
  private static boolean isAboutTime(String description) {
    return description.contains("timeframe") || description.contains("iat and exp");
  }

  private static String printable(String text) {
    String line = text.replaceAll("[^\\x20-\\x7e]", " ");
    return line.length() > 200 ? line.substring(0, 200) : line;
  }
}
