package dev.serai.adapters.dialects.responses;

import dev.serai.core.chat.OpaqueState;
import dev.serai.core.json.JsonWriter;
import java.util.Optional;

/** What is thought, as the one part of a summary; hidden thought has none. */
final class OpenReasoning implements OpenItem {
  private final String id = Ids.make("rs_");
  private final int place;
  private final StringBuilder text = new StringBuilder();
  private Optional<OpaqueState> state = Optional.empty();

  OpenReasoning(Events events, int place) {
    this.place = place;
    JsonWriter item = new JsonWriter();
    ItemWriter.reasoning(item, id, "", Optional.empty());
    events.item("response.output_item.added", place, item.bytes());
  }

  /** What the provider wants back with it. */
  void state(OpaqueState held) {
    state = Optional.of(held);
  }

  private JsonWriter about(Events events, String type) {
    return events.beginAbout(type, id, place).member("summary_index", 0);
  }

  @Override
  public int place() {
    return place;
  }

  @Override
  public void delta(Events events, String piece) {
    if (text.isEmpty()) {
      ItemWriter.summary(about(events, "response.reasoning_summary_part.added").name("part"), "");
      events.end();
    }
    text.append(piece);
    about(events, "response.reasoning_summary_text.delta").member("delta", piece);
    events.end();
  }

  @Override
  public byte[] close(Events events, String status) {
    String thought = text.toString();
    if (!thought.isEmpty()) {
      about(events, "response.reasoning_summary_text.done").member("text", thought);
      events.end();
      JsonWriter out = about(events, "response.reasoning_summary_part.done").name("part");
      ItemWriter.summary(out, thought);
      events.end();
    }
    JsonWriter item = new JsonWriter();
    ItemWriter.reasoning(item, id, thought, state);
    byte[] whole = item.bytes();
    events.item("response.output_item.done", place, whole);
    return whole;
  }
}
