package dev.serai.processors.support;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;

/** Replies whose body is JSON. Thread-safe. */
public final class JsonReply {
  private JsonReply() {}

  /** The text as the body of a 200. */
  public static Reply of(byte[] json) {
    return new Reply.Complete(200, type(), json);
  }

  /** The same, for what only its caller may see or what changes: it must not be cached. */
  public static Reply uncached(byte[] json) {
    return new Reply.Complete(200, type().add("cache-control", "no-store"), json);
  }

  private static HeaderFields type() {
    return new HeaderFields().add("content-type", "application/json");
  }
}
