package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.chat.detail.TextDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Emits the details of a stream's text, each once, wherever it is first: in events of their own, in
 * deltas, or in a complete item. Counts the text, since core's offsets are in the whole of it. Not
 * thread-safe.
 */
final class DecodedDetails {
  private final DetailSupport wanted;
  private long length;

  /**
   * @param wanted those that the client can receive
   */
  DecodedDetails(DetailSupport wanted) {
    this.wanted = wanted;
  }

  /** Begins a message. */
  Message message() {
    return new Message();
  }

  /** The details of one message. */
  final class Message {
    private final long start = length;
    private long partStart = length;
    private int annotated;
    private boolean hasLogprobs;

    /** A part of the message begins. */
    void beginPart() {
      partStart = length;
    }

    /** Text was emitted. */
    void emitted(String text) {
      length += wanted.hasWebPages() ? Annotations.length(text) : 0;
    }

    /** Reads the event of an annotation. */
    void annotation(JsonNode event, Consumer<ChatEvent> events) {
      JsonNode annotation = event.path("annotation");
      if (annotation.isObject()) {
        annotated++;
        emit(wanted(annotation, partStart), events);
      }
    }

    /** Reads the log probabilities in an event, before its text is emitted. */
    void logprobs(JsonNode event, Consumer<ChatEvent> events) {
      JsonNode tokens = event.path("logprobs");
      if (wanted.hasLogprobs() && !tokens.isEmpty()) {
        hasLogprobs = true;
        List<String> read = new ArrayList<>(tokens.size());
        tokens.forEach(token -> read.add(token.toString()));
        events.accept(new ChatEvent.TextDetailed(0, new TextDetails(List.of(), read)));
      }
    }

    /** Reads them where they are repeated, if there were none before. */
    void missingLogprobs(JsonNode whole, Consumer<ChatEvent> events) {
      if (!hasLogprobs) {
        logprobs(whole, events);
      }
    }

    /** Emits the annotations of the complete message that no event had. */
    void missingAnnotations(JsonNode item, Consumer<ChatEvent> events) {
      long begin = start;
      int known = annotated;
      List<String> missing = new ArrayList<>(0);
      for (JsonNode part : item.path("content")) {
        for (JsonNode annotation : part.path("annotations")) {
          if (known-- <= 0) {
            missing.addAll(wanted(annotation, begin));
            annotated++;
          }
        }
        begin += Annotations.length(part.path("text").asText(""));
      }
      emit(missing, events);
    }
  }

  private List<String> wanted(JsonNode annotation, long partStart) {
    return wanted.has(annotation.path("type").asText(""))
        ? List.of(Annotations.ofChoice(annotation, partStart))
        : List.of();
  }

  private static void emit(List<String> annotations, Consumer<ChatEvent> events) {
    if (!annotations.isEmpty()) {
      events.accept(new ChatEvent.TextDetailed(0, new TextDetails(annotations, List.of())));
    }
  }
}
