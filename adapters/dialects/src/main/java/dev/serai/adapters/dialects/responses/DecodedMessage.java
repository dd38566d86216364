package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.stream.BlockOrder;
import dev.serai.adapters.dialects.stream.EmittedText;
import dev.serai.core.chat.ChatEvent;
import java.util.function.Consumer;

/** Decodes a message: parts of text and refusals, in the order of their numbers. */
final class DecodedMessage implements DecodedItem {
  /** What an event weighs beside its text, in bytes. */
  private static final int OVERHEAD = 256;

  private final BlockOrder<JsonNode> order = new BlockOrder<>();
  private final DecodedDetails.Message details;
  private final EmittedText text = new EmittedText();
  private final EmittedText refusal = new EmittedText();
  private EmittedText part = new EmittedText();
  private long current;
  private boolean complete;

  DecodedMessage(DecodedDetails.Message details) {
    this.details = details;
  }

  @Override
  public void take(JsonNode event, Consumer<ChatEvent> events) {
    long place = event.path("content_index").asLong(-1);
    if (order.mustWait(place)) {
      order.add(place, event, event.path("delta").asText("").length() + OVERHEAD);
      return;
    }
    decode(event, events);
    decodeReady(events);
  }

  private void decodeReady(Consumer<ChatEvent> events) {
    for (var next = order.poll(); next.isPresent(); next = order.poll()) {
      decode(next.get(), events);
    }
  }

  private void decode(JsonNode event, Consumer<ChatEvent> events) {
    long place = event.path("content_index").asLong(current);
    if (place != current) {
      current = place;
      part = new EmittedText();
      details.beginPart();
    }
    String delta = event.path("delta").asText("");
    switch (event.path("type").asText("")) {
      case "response.output_text.delta" -> {
        details.logprobs(event, events);
        text(delta, events);
      }
      case "response.output_text.annotation.added" -> details.annotation(event, events);
      case "response.refusal.delta" -> refusal(delta, events);
      case "response.output_text.done" -> {
        details.missingLogprobs(event, events);
        text(rest(event, "text"), events);
      }
      case "response.refusal.done" -> refusal(rest(event, "refusal"), events);
      case "response.content_part.done" -> {
        text(rest(event.path("part"), "text"), events);
        refusal(rest(event.path("part"), "refusal"), events);
        order.complete(place);
      }
      default -> {}
    }
  }

  private String rest(JsonNode whole, String member) {
    return part.rest(whole.path(member).asText(""));
  }

  private void text(String piece, Consumer<ChatEvent> events) {
    if (!piece.isEmpty()) {
      part.add(piece);
      text.add(piece);
      details.emitted(piece);
      events.accept(new ChatEvent.TextDelta(0, piece));
    }
  }

  private void refusal(String piece, Consumer<ChatEvent> events) {
    if (!piece.isEmpty()) {
      part.add(piece);
      refusal.add(piece);
      events.accept(new ChatEvent.RefusalDelta(0, piece));
    }
  }

  @Override
  public void complete(JsonNode item, Consumer<ChatEvent> events) {
    StringBuilder wholeText = new StringBuilder();
    StringBuilder refused = new StringBuilder();
    for (JsonNode content : item.path("content")) {
      details.missingLogprobs(content, events);
      wholeText.append(content.path("text").asText(""));
      refused.append(content.path("refusal").asText(""));
    }
    if (wholeText.isEmpty() && refused.isEmpty()) {
      end(events);
    }
    complete = true;
    text(text.rest(wholeText.toString()), events);
    refusal(refusal.rest(refused.toString()), events);
    details.missingAnnotations(item, events);
  }

  @Override
  public void end(Consumer<ChatEvent> events) {
    if (!complete) {
      order.end();
      decodeReady(events);
    }
  }
}
