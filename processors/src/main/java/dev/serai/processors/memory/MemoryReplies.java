package dev.serai.processors.memory;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.memory.MemoryEntry;
import dev.serai.core.memory.MemoryObject;

/** Writes the replies about memory objects, which must not be stored by caches. Pure. */
final class MemoryReplies {
  private static final byte[] OK = JsonWriter.ascii("{\"ok\":true}");
  private static final int NOT_MODIFIED = 304;

  private MemoryReplies() {}

  /** Something is stored. */
  static Reply stored(MemoryEntry entry) {
    return new Reply.Complete(200, fields(entry), OK);
  }

  /** Something is deleted. */
  static Reply deleted() {
    return json(OK);
  }

  /** An object. */
  static Reply of(MemoryObject object) {
    byte[] body =
        new JsonWriter(object.json().length + 16)
            .beginObject()
            .name("object")
            .json(object.json())
            .endObject()
            .bytes();
    return new Reply.Complete(200, fields(object.entry()), body);
  }

  /** The client has the object already. */
  static Reply notModified(MemoryEntry entry) {
    HeaderFields fields = new HeaderFields().add("etag", MemoryJson.tag(entry));
    return new Reply.Complete(NOT_MODIFIED, fields, new byte[0]);
  }

  static Reply json(byte[] body) {
    return new Reply.Complete(200, fields(), body);
  }

  private static HeaderFields fields(MemoryEntry entry) {
    return fields().add("etag", MemoryJson.tag(entry));
  }

  private static HeaderFields fields() {
    return new HeaderFields()
        .add("content-type", "application/json")
        .add("cache-control", "no-store");
  }
}
