package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.stream.ServerSentEvents;
import dev.serai.core.json.JsonWriter;

/** Writes the server-sent events of one stream, each with its sequence number. Not thread-safe. */
final class NumberedEventWriter {
  private JsonWriter out = new JsonWriter(320);
  private long sequence;

  /** Begins an event, up to its own members. */
  JsonWriter begin(String type) {
    return ServerSentEvents.begin(out, type).member("sequence_number", sequence++);
  }

  /** Ends the event that {@link #begin} began. */
  void end() {
    ServerSentEvents.end(out.endObject());
  }

  void continueAt(long number) {
    sequence = Math.max(sequence, number);
  }

  /** The bytes that were written since the last call. */
  byte[] take() {
    byte[] written = out.bytes();
    if (written.length > 0) {
      out = new JsonWriter(320);
    }
    return written;
  }

  /** Writes {@code response.output_item.added} or {@code .done}. */
  void item(String type, int place, byte[] item) {
    begin(type).member("output_index", place).name("item").json(item);
    end();
  }

  /** Begins an event about an item. */
  JsonWriter beginAbout(String type, String itemId, int place) {
    return begin(type).member("item_id", itemId).member("output_index", place);
  }
}
