package dev.serai.adapters.dialects.responses;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.core.json.JsonWriter;

/** Writes the events of one stream, each with its number. Not thread-safe. */
final class Events {
  private static final byte[] EVENT = ascii("event: ");
  private static final byte[] DATA = ascii("\ndata: ");
  private static final byte[] END = ascii("\n\n");

  private JsonWriter out = new JsonWriter(320);
  private long sequence;

  /** Begins an event, up to where its own members come. */
  JsonWriter begin(String type) {
    out.raw(EVENT).raw(ascii(type)).raw(DATA).beginObject().member("type", type);
    return out.member("sequence_number", sequence++);
  }

  /** Ends what {@link #begin} began. */
  void end() {
    out.endObject().raw(END);
  }

  /** Goes on with this number. */
  void continueAt(long number) {
    sequence = Math.max(sequence, number);
  }

  /** What was written since the last time. */
  byte[] take() {
    byte[] written = out.bytes();
    if (written.length > 0) {
      out = new JsonWriter(320);
    }
    return written;
  }

  /** {@code response.output_item.added} or {@code .done}. */
  void item(String type, int place, byte[] item) {
    begin(type).member("output_index", place).name("item").json(item);
    end();
  }

  /** Begins an event about an item. */
  JsonWriter beginAbout(String type, String itemId, int place) {
    return begin(type).member("item_id", itemId).member("output_index", place);
  }
}
