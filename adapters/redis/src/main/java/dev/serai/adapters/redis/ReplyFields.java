package dev.serai.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.core.memory.MemoryEntry;
import dev.serai.core.memory.MemoryObject;
import dev.serai.core.memory.MemoryPath;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the fields that the script of memory objects has returned, one after the other. */
final class ReplyFields {
  private final List<byte[]> fields;
  private int at;

  ReplyFields(List<byte[]> fields) {
    this.fields = fields;
  }

  boolean hasNext() {
    return at < fields.size();
  }

  /** Whether the script has done only a part, and must be called again. */
  boolean isAgain() {
    return fields.size() == 1 && new String(fields.getFirst(), UTF_8).equals("again");
  }

  void skip(int count) {
    at += count;
  }

  String text() {
    return new String(bytes(), UTF_8);
  }

  private byte[] bytes() {
    return fields.get(at++);
  }

  long number() {
    return Long.parseLong(text());
  }

  /** Eight fields of an object; empty if it is gone. */
  Optional<MemoryEntry> entry(String path) {
    String version = text();
    if (version.isEmpty()) {
      skip(7);
      return Optional.empty();
    }
    MemoryPath full = MemoryPath.at(path, (int) number());
    int bytes = (int) number();
    Instant created = Instant.ofEpochMilli(number());
    Instant updated = Instant.ofEpochMilli(number());
    long expires = number();
    boolean evictable = text().equals("1");
    return Optional.of(
        new MemoryEntry(
            full,
            Long.parseLong(version),
            bytes,
            created,
            updated,
            expires == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires)),
            evictable,
            text().lines().toList()));
  }

  /** Eight fields of an object and its value; empty if it is gone. */
  Optional<MemoryObject> object(String path) {
    Optional<MemoryEntry> entry = entry(path);
    byte[] json = bytes();
    return entry.map(there -> new MemoryObject(there, json));
  }
}
