package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.stream.EmittedText;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.Destination;
import java.util.function.Consumer;

/** Decodes reasoning: its text or the parts of its summary, and the state to send back. */
final class DecodedReasoning implements DecodedItem {
  private static final String BETWEEN_PARTS = "\n\n";

  private final Destination destination;
  private final EmittedText text = new EmittedText();
  private EmittedText part = new EmittedText();
  private long current;
  private boolean hasState;

  DecodedReasoning(Destination destination) {
    this.destination = destination;
  }

  @Override
  public void take(JsonNode event, Consumer<ChatEvent> events) {
    long place = event.path("summary_index").asLong(event.path("content_index").asLong(current));
    if (place != current) {
      current = place;
      part = new EmittedText();
    }
    String piece =
        switch (event.path("type").asText("")) {
          case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
              event.path("delta").asText("");
          case "response.reasoning_summary_text.done", "response.reasoning_text.done" ->
              part.rest(event.path("text").asText(""));
          case "response.reasoning_summary_part.done", "response.content_part.done" ->
              part.rest(event.path("part").path("text").asText(""));
          default -> "";
        };
    if (!piece.isEmpty() && part.isEmpty() && !text.isEmpty()) {
      emit(BETWEEN_PARTS, events);
    }
    part.add(piece);
    emit(piece, events);
  }

  private void emit(String piece, Consumer<ChatEvent> events) {
    if (!piece.isEmpty()) {
      text.add(piece);
      events.accept(new ChatEvent.ReasoningDelta(0, piece));
    }
  }

  @Override
  public void complete(JsonNode item, Consumer<ChatEvent> events) {
    emit(text.rest(ResponseReader.reasoningText(item)), events);
    if (!hasState) {
      ResponseReader.state(item, destination)
          .ifPresent(
              state -> {
                hasState = true;
                events.accept(new ChatEvent.ReasoningState(0, state));
              });
    }
  }

  @Override
  public void end(Consumer<ChatEvent> events) {}
}
