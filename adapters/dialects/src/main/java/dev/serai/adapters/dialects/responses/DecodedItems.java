package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.tool.ToolCallEmitter;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.dialect.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The output items of a stream. An event belongs to an item by the item's id; some servers change
 * ids or send none, then by the item's place and type. Not thread-safe.
 */
final class DecodedItems {
  private static final int MAX_ITEMS = 4096;
  private static final String REASONING = "reasoning";
  private static final String MESSAGE = "message";
  private static final String CALL = "function_call";
  private static final String CUSTOM_CALL = "custom_tool_call";

  private final Destination destination;
  private final DroppedFields dropped;
  private final DecodedDetails details;
  private final ToolCallEmitter calls = new ToolCallEmitter(0);
  private final List<Entry> entries = new ArrayList<>();
  private boolean refused;

  DecodedItems(Destination destination, DroppedFields dropped, DecodedDetails details) {
    this.destination = destination;
    this.details = details;
    this.dropped = dropped;
  }

  private static final class Entry {
    final String id;
    final String type;
    final int place;
    final DecodedItem item;
    boolean complete;

    /** Whether the whole response has repeated it. */
    boolean repeated;

    Entry(String id, String type, int place, DecodedItem item) {
      this.id = id;
      this.type = type;
      this.place = place;
      this.item = item;
    }
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Reads an event about an item. */
  void take(JsonNode event, Consumer<ChatEvent> events) {
    JsonNode item = event.path("item");
    int place = event.path("output_index").asInt(-1);
    switch (event.path("type").asText("")) {
      case "response.output_item.added" -> begin(place, item, events);
      case "response.output_item.done" -> {
        if (isDecoded(item)) {
          complete(entry(item.path("id").asText(""), place, type(item)), item, events);
        }
        ResponseReader.dropSummary(item, dropped, events);
      }
      default -> {
        String type = typeOf(event);
        if (!type.isEmpty()) {
          Entry entry = entry(event.path("item_id").asText(""), place, type);
          refused |= event.path("type").asText("").startsWith("response.refusal.");
          if (!entry.complete) {
            entry.item.take(event, events);
          }
        }
      }
    }
  }

  /** The type of the item that an event is about; empty if it is about none. */
  private static String typeOf(JsonNode event) {
    return switch (event.path("type").asText("")) {
      case "response.output_text.delta",
          "response.output_text.done",
          "response.output_text.annotation.added",
          "response.refusal.delta",
          "response.refusal.done" ->
          MESSAGE;
      case "response.content_part.done" ->
          type(event.path("part")).equals("reasoning_text") ? REASONING : MESSAGE;
      case "response.reasoning_summary_text.delta",
          "response.reasoning_summary_text.done",
          "response.reasoning_summary_part.done",
          "response.reasoning_text.delta",
          "response.reasoning_text.done" ->
          REASONING;
      case "response.function_call_arguments.delta", "response.function_call_arguments.done" ->
          CALL;
      case "response.custom_tool_call_input.delta", "response.custom_tool_call_input.done" ->
          CUSTOM_CALL;
      default -> "";
    };
  }

  private static String type(JsonNode item) {
    return item.path("type").asText("");
  }

  private static boolean isDecoded(JsonNode item) {
    return List.of(MESSAGE, REASONING, CALL, CUSTOM_CALL, ResponseItemWriter.IMAGE)
        .contains(type(item));
  }

  private void begin(int place, JsonNode item, Consumer<ChatEvent> events) {
    if (isDecoded(item)) {
      Entry begun = add(item.path("id").asText(""), place, type(item));
      if (begun.item instanceof DecodedCall call) {
        call.start(item, events);
      }
    }
  }

  private Entry add(String id, int place, String type) {
    if (entries.size() == MAX_ITEMS) {
      throw new MalformedInput(0, "at most " + MAX_ITEMS + " items");
    }
    DecodedItem item =
        switch (type) {
          case MESSAGE -> new DecodedMessage(details.message());
          case REASONING -> new DecodedReasoning(destination);
          case ResponseItemWriter.IMAGE -> new DecodedImage();
          default -> new DecodedCall(calls, type.equals(CUSTOM_CALL));
        };
    Entry added = new Entry(id, type, place, item);
    entries.add(added);
    return added;
  }

  private Entry entry(String id, int place, String type) {
    return known(id, type)
        .or(() -> last(entry -> entry.place == place && entry.type.equals(type)))
        .orElseGet(() -> add(id, place, type));
  }

  private Optional<Entry> known(String id, String type) {
    return last(entry -> !id.isEmpty() && entry.id.equals(id) && entry.type.equals(type));
  }

  private Optional<Entry> last(Predicate<Entry> wanted) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (wanted.test(entries.get(i))) {
        return Optional.of(entries.get(i));
      }
    }
    return Optional.empty();
  }

  private void complete(Entry entry, JsonNode item, Consumer<ChatEvent> events) {
    entry.complete = true;
    for (JsonNode part : item.path("content")) {
      refused |= part.has("refusal");
    }
    entry.item.complete(item, events);
  }

  /** Emits what is missing of an item of the whole response. */
  void complete(int place, JsonNode item, Consumer<ChatEvent> events) {
    if (!isDecoded(item)) {
      return;
    }
    String type = type(item);
    String id = item.path("id").asText("");
    Entry entry =
        known(id, type)
            .or(() -> last(known -> known.place == place && known.type.equals(type)))
            .or(() -> unplaced(type))
            .orElseGet(() -> add(id, place, type));
    complete(entry, item, events);
    entry.repeated = true;
  }

  /** The first item of a type that the whole response has not repeated yet. */
  private Optional<Entry> unplaced(String type) {
    return entries.stream().filter(entry -> entry.type.equals(type) && !entry.repeated).findFirst();
  }

  /** The stream has ended. */
  void end(Consumer<ChatEvent> events) {
    entries.forEach(entry -> entry.item.end(events));
  }

  /** The finish reason of a response that does not give another one. */
  FinishReason finish() {
    return ResponseStatus.read("completed", "", calls.size() > 0, refused);
  }
}
