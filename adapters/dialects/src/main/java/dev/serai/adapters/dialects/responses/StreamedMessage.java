package dev.serai.adapters.dialects.responses;

import dev.serai.core.json.JsonWriter;
import java.util.List;

/** A message of a streamed response with one part: text or a refusal. */
final class StreamedMessage implements StreamedItem {
  private final String id = ResponseIds.make("msg_");
  private final int place;
  private final boolean refusal;
  private final StringBuilder text = new StringBuilder();
  private final PartDetails details;
  private List<String> tokens = List.of();

  /**
   * @param start where its text begins in the text of the choice
   */
  StreamedMessage(NumberedEventWriter events, int place, boolean refusal, long start) {
    this.place = place;
    this.refusal = refusal;
    this.details = new PartDetails(start);
    JsonWriter item = ResponseItemWriter.beginMessage(new JsonWriter(), id, "in_progress");
    events.item("response.output_item.added", place, ResponseItemWriter.endMessage(item).bytes());
    JsonWriter out = about(events, "response.content_part.added").name("part");
    part(out, "");
    events.end();
  }

  boolean isRefusal() {
    return refusal;
  }

  /** The length of the text so far, as offsets of annotations count it. */
  long textLength() {
    return refusal ? 0 : Annotations.length(text.toString());
  }

  private JsonWriter about(NumberedEventWriter events, String type) {
    return events.beginAbout(type, id, place).member("content_index", 0);
  }

  private void part(JsonWriter out, String words) {
    if (refusal) {
      ResponseItemWriter.refusal(out, words);
    } else {
      ResponseItemWriter.text(out, words, details);
    }
  }

  @Override
  public int place() {
    return place;
  }

  @Override
  public void delta(NumberedEventWriter events, String piece) {
    text.append(piece);
    String type = refusal ? "response.refusal.delta" : "response.output_text.delta";
    JsonWriter out = about(events, type).member("delta", piece);
    if (!refusal) {
      PartDetails.write(out, "logprobs", tokens);
      details.addLogprobs(tokens);
      tokens = List.of();
    }
    events.end();
  }

  /** The log probabilities of the next piece of text. */
  void logprobs(List<String> ofNext) {
    tokens = ofNext;
  }

  /** Writes an annotation of the choice's text. */
  void annotate(NumberedEventWriter events, String annotation) {
    int number = details.annotated();
    JsonWriter out = about(events, "response.output_text.annotation.added");
    out.member("annotation_index", number).name("annotation").json(details.annotate(annotation));
    events.end();
  }

  @Override
  public byte[] close(NumberedEventWriter events, String status) {
    String words = text.toString();
    if (refusal) {
      about(events, "response.refusal.done").member("refusal", words);
    } else {
      details.writeLogprobs(about(events, "response.output_text.done").member("text", words));
    }
    events.end();
    JsonWriter out = about(events, "response.content_part.done").name("part");
    part(out, words);
    events.end();
    JsonWriter item = ResponseItemWriter.beginMessage(new JsonWriter(), id, status);
    part(item, words);
    byte[] whole = ResponseItemWriter.endMessage(item).bytes();
    events.item("response.output_item.done", place, whole);
    return whole;
  }
}
