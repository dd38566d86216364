package dev.serai.adapters.dialects.responses;

import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.json.JsonWriter;
import java.util.List;
import java.util.Optional;

/**
 * Writes the events of an image that the model made: those of a call of OpenAI's own tool, whose
 * result comes at once. Stateless.
 */
final class StreamedImage {
  private static final List<String> STATES = List.of("in_progress", "generating", "completed");

  private StreamedImage() {}

  /**
   * Writes all events of one image.
   *
   * @return the complete item as JSON
   */
  static byte[] write(NumberedEventWriter events, int place, InlineSource image) {
    String id = ResponseIds.make(ResponseIds.prefix(ResponseItemWriter.IMAGE));
    events.item("response.output_item.added", place, item(id, "in_progress", Optional.empty()));
    for (String state : STATES) {
      events.beginAbout("response.image_generation_call." + state, id, place);
      events.end();
    }
    byte[] whole = item(id, "completed", Optional.of(image));
    events.item("response.output_item.done", place, whole);
    return whole;
  }

  private static byte[] item(String id, String status, Optional<InlineSource> image) {
    JsonWriter item = new JsonWriter();
    ResponseItemWriter.image(item, id, status, image);
    return item.bytes();
  }
}
