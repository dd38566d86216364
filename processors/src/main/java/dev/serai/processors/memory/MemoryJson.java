package dev.serai.processors.memory;

import dev.serai.core.json.JsonWriter;
import dev.serai.core.memory.MemoryEntry;

/** Writes memory objects as JSON. Pure. */
final class MemoryJson {
  private MemoryJson() {}

  /** Writes what is known about an object, as an object without its value. */
  static void write(JsonWriter json, MemoryEntry entry) {
    json.beginObject()
        .member("ns", entry.path().namespace())
        .member("key", entry.path().key())
        .member("version", entry.version())
        .member("bytes", entry.bytes())
        .member("created_at", entry.created())
        .member("updated_at", entry.updated());
    entry
        .expires()
        .ifPresentOrElse(
            time -> json.member("expires_at", time), () -> json.nullMember("expires_at"));
    json.member("cache", entry.evictable()).member("tags", entry.tags()).endObject();
  }

  /** The entity tag of a version (RFC 9110, section 8.8.3). */
  static String tag(MemoryEntry entry) {
    return "\"" + entry.version() + "\"";
  }
}
