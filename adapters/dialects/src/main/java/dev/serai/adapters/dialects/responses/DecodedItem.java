package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.chat.ChatEvent;
import java.util.function.Consumer;

/** An output item of a stream that is decoded. Not thread-safe. */
interface DecodedItem {
  /** Reads an event about the item, other than its beginning and its end. */
  void take(JsonNode event, Consumer<ChatEvent> events);

  /** Emits what is missing of the whole item. */
  void complete(JsonNode item, Consumer<ChatEvent> events);

  /** The stream has ended: emits what is still held back. */
  void end(Consumer<ChatEvent> events);
}
