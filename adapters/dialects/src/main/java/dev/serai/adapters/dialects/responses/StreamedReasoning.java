package dev.serai.adapters.dialects.responses;

import dev.serai.core.chat.OpaqueState;
import dev.serai.core.json.JsonWriter;
import java.util.Optional;

/**
 * A reasoning item of a streamed response: its text is one summary part; hidden reasoning has none.
 */
final class StreamedReasoning implements StreamedItem {
  private final String id = ResponseIds.make(ResponseIds.REASONING);
  private final int place;
  private final StringBuilder text = new StringBuilder();
  private Optional<OpaqueState> state = Optional.empty();

  StreamedReasoning(NumberedEventWriter events, int place) {
    this.place = place;
    JsonWriter item = new JsonWriter();
    ResponseItemWriter.reasoning(item, id, "", Optional.empty());
    events.item("response.output_item.added", place, item.bytes());
  }

  /** Sets the opaque state that the provider wants back. */
  void state(OpaqueState held) {
    state = Optional.of(held);
  }

  private JsonWriter about(NumberedEventWriter events, String type) {
    return events.beginAbout(type, id, place).member("summary_index", 0);
  }

  @Override
  public int place() {
    return place;
  }

  @Override
  public void delta(NumberedEventWriter events, String piece) {
    if (text.isEmpty()) {
      ResponseItemWriter.summary(
          about(events, "response.reasoning_summary_part.added").name("part"), "");
      events.end();
    }
    text.append(piece);
    about(events, "response.reasoning_summary_text.delta").member("delta", piece);
    events.end();
  }

  @Override
  public byte[] close(NumberedEventWriter events, String status) {
    String whole = text.toString();
    if (!whole.isEmpty()) {
      about(events, "response.reasoning_summary_text.done").member("text", whole);
      events.end();
      JsonWriter out = about(events, "response.reasoning_summary_part.done").name("part");
      ResponseItemWriter.summary(out, whole);
      events.end();
    }
    JsonWriter item = new JsonWriter();
    ResponseItemWriter.reasoning(item, id, whole, state);
    byte[] json = item.bytes();
    events.item("response.output_item.done", place, json);
    return json;
  }
}
