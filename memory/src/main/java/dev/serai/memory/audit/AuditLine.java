package dev.serai.memory.audit;

import dev.serai.core.audit.AuditEvent;
import dev.serai.core.audit.AuditQuery;
import dev.serai.core.hash.Sha256;
import dev.serai.core.json.JsonWriter;
import dev.serai.memory.database.StoredText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of the audit log as a line of JSON. Its last members are the hash of the entry before
 * it and its own, which is the SHA-256 of everything before it in the line. Immutable.
 *
 * @param number counts from 1
 * @param text the line, without the line feed
 * @param previous the hash of the entry before it, in hexadecimal
 * @param hash of this entry, in hexadecimal
 */
record AuditLine(long number, String text, String previous, String hash) {
  /** What stands for the hash before the first entry. */
  static final String NO_HASH = "0".repeat(64);

  private static final int MAX_TEXT = 512;
  private static final Pattern FORM =
      Pattern.compile(
          "\\{\"seq\":([1-9][0-9]{0,18}),.*,\"prev\":\"([0-9a-f]{64})\",\"hash\":\"([0-9a-f]{64})\"}");

  /** The line of a new entry. */
  static AuditLine of(long number, AuditEvent event, String previous) {
    JsonWriter json = new JsonWriter(512).beginObject().member("seq", number);
    write(json, event);
    json.member("prev", previous);
    byte[] hashed = json.bytes();
    String hash = Sha256.hex(hashed);
    json.member("hash", hash).endObject();
    return new AuditLine(number, new String(json.bytes(), StandardCharsets.UTF_8), previous, hash);
  }

  private static void write(JsonWriter json, AuditEvent event) {
    AuditEvent.Action action = event.action();
    json.member("time", event.time())
        .member("event", event.kind().label())
        .member("request_id", stored(action.requestId()))
        .member("tenant", stored(event.identity().tenant()))
        .member("key", stored(event.identity().key()))
        .member("user", stored(event.identity().user()))
        .member("address", stored(action.address()))
        .member("method", stored(action.method()))
        .member("path", stored(action.path()))
        .member("permission", stored(action.permission()));
    if (event.status() != 0) {
      json.member("status", event.status());
    }
    if (!event.code().isEmpty()) {
      json.member("code", stored(event.code()));
    }
  }

  /** Text from outside: without control characters, and not too long. */
  private static String stored(String text) {
    String cleaned = StoredText.clean(text);
    return cleaned.substring(0, Math.min(MAX_TEXT, cleaned.length()));
  }

  /** Reads a line; empty if it has not the form of an entry. Does not check the hash. */
  static Optional<AuditLine> read(String text) {
    Matcher found = FORM.matcher(text);
    return found.matches()
        ? Optional.of(
            new AuditLine(Long.parseLong(found.group(1)), text, found.group(2), found.group(3)))
        : Optional.empty();
  }

  /** Whether the hash is that of the line. */
  boolean isIntact() {
    int end = text.lastIndexOf(",\"hash\":\"");
    return Sha256.hex(text.substring(0, end)).equals(hash);
  }

  /**
   * Whether a query asks for it. Quotes within values are escaped, so a member is found as text.
   */
  boolean matches(AuditQuery query) {
    return number < query.before()
        && query.tenant().map(tenant -> has("tenant", tenant)).orElse(true)
        && query.key().map(key -> has("key", key)).orElse(true);
  }

  private boolean has(String member, String value) {
    byte[] wanted = new JsonWriter().beginObject().member(member, stored(value)).bytes();
    return text.contains("," + new String(wanted, StandardCharsets.UTF_8).substring(1) + ",");
  }
}
