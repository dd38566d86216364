package dev.serai.adapters.dialects.openai.relay;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.ByteSearch;
import dev.serai.core.surface.RealtimeSurface;

/**
 * A type of realtime events, found without a parse. The type is at the beginning of an event, so
 * only that much is searched. Within a JSON string the quotes around the type would be escaped, so
 * text cannot look like it. Immutable.
 */
public final class RealtimeEventType {
  private final ByteSearch quoted;

  public RealtimeEventType(String name) {
    this.quoted = new ByteSearch(ascii('"' + name + '"'));
  }

  /** Whether an event is of this type, or may be, by its beginning. */
  public boolean isOf(byte[] event) {
    return quoted.in(event, 0, Math.min(event.length, RealtimeSurface.TYPE_WITHIN)) >= 0;
  }
}
