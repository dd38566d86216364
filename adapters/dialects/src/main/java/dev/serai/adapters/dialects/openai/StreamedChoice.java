package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.serai.adapters.dialects.stream.EmittedText;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.dialect.Destination;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decodes one choice of a stream. Its content is in {@code delta}s. Some providers send a {@code
 * message} instead, in pieces or whole, or repeat the whole message in the last chunk: of that,
 * only what is missing is emitted. Some send a finish reason after every piece, or pieces after it:
 * the last reason counts, and it is emitted when the stream has ended. Not thread-safe.
 */
final class StreamedChoice {
  private final int number;
  private final Destination destination;
  private final EmittedText text = new EmittedText();
  private final EmittedText reasoning = new EmittedText();
  private final EmittedText refusal = new EmittedText();
  private final ToolCallDeltaReader calls;
  private final ReturnedReasoning returned = new ReturnedReasoning();
  private final DetailSupport details;
  private boolean hasDeltas;
  private boolean hasAnnotations;
  private JsonNode cited = MissingNode.getInstance();
  private long length;
  private boolean hasImages;
  private Optional<FinishReason> reason = Optional.empty();
  private boolean finished;

  /**
   * @param details the details of the text that the client can receive
   */
  StreamedChoice(int number, Destination destination, DetailSupport details) {
    this.number = number;
    this.details = details;
    this.destination = destination;
    this.calls = new ToolCallDeltaReader(number, destination);
  }

  /** Reads the sources that a chunk names beside its choices; the last ones hold. */
  void cite(JsonNode chunk) {
    cited = details.hasWebPages() && Citations.any(chunk) ? chunk : cited;
  }

  /** Whether the provider has sent a finish reason, and no content after it. */
  boolean isFinished() {
    return finished;
  }

  /** Reads an element of {@code choices}. */
  void take(JsonNode choice, Consumer<ChatEvent> events) {
    JsonNode delta = choice.path("delta");
    JsonNode message = choice.path("message");
    Optional<String> word = ResponseReader.text(choice.path("finish_reason"));
    if (details != DetailSupport.NONE) {
      JsonNode said = delta.isObject() ? delta : message;
      details(TextDetailsCodec.read(choice, said, details), !delta.isObject(), events);
    }
    if (!delta.isObject() && choice.path("text").isTextual()) {
      completion(choice, events);
    } else if (hasContent(delta) || !message.isObject()) {
      hasDeltas |= hasContent(delta);
      content(delta, false, events);
    } else {
      Optional<String> wholeText = ResponseReader.content(message.path("content"));
      boolean last = word.isPresent() || finished;
      content(message, last && (hasDeltas || text.isStartOf(wholeText.orElse(""))), events);
    }
    reason = word.map(given -> FinishReasons.read(choice, given)).or(() -> reason);
    finished = word.isPresent() || finished && !goesOn(choice);
  }

  /** Whether a piece is more than a repetition: the choice has not finished before it. */
  private static boolean goesOn(JsonNode choice) {
    return hasContent(choice.path("delta")) || ResponseReader.text(choice.path("text")).isPresent();
  }

  /** A message at the end repeats the annotations of the deltas. */
  private void details(TextDetails read, boolean repeats, Consumer<ChatEvent> events) {
    TextDetails missing =
        repeats && hasAnnotations ? new TextDetails(List.of(), read.logprobs()) : read;
    hasAnnotations |= !read.annotations().isEmpty();
    if (!missing.isEmpty()) {
      events.accept(new ChatEvent.TextDetailed(number, missing));
    }
  }

  /** Reads a piece of a legacy completion. */
  private void completion(JsonNode choice, Consumer<ChatEvent> events) {
    String piece = missing(text, ResponseReader.text(choice.path("text")), false);
    if (!piece.isEmpty()) {
      events.accept(new ChatEvent.TextDelta(number, piece));
    }
  }

  private static boolean hasContent(JsonNode delta) {
    return ResponseReader.content(delta.path("content")).isPresent()
        || ResponseReader.reasoning(delta).isPresent()
        || ResponseReader.refusal(delta).isPresent()
        || !ResponseReader.calls(delta).isEmpty()
        || !delta.path(ReasoningDetails.NAME).isEmpty()
        || !MessageImages.read(delta).isEmpty();
  }

  /**
   * Emits the content of a delta or a message.
   *
   * @param whole whether it is a message that may repeat what was emitted
   */
  private void content(JsonNode said, boolean whole, Consumer<ChatEvent> events) {
    if (!whole || reasoning.isEmpty()) {
      returned.take(said);
    }
    String thought = missing(reasoning, ResponseReader.reasoning(said), whole);
    if (!thought.isEmpty()) {
      events.accept(new ChatEvent.ReasoningDelta(number, thought));
    }
    String wholeText = missing(text, ResponseReader.content(said.path("content")), whole);
    String refused = missing(refusal, ResponseReader.refusal(said), whole);
    JsonNode called = ResponseReader.calls(said);
    if (!wholeText.isEmpty() || !refused.isEmpty() || !called.isEmpty()) {
      endReasoning(!called.isEmpty(), events);
    }
    if (!wholeText.isEmpty()) {
      length += details.hasWebPages() ? wholeText.codePointCount(0, wholeText.length()) : 0;
      events.accept(new ChatEvent.TextDelta(number, wholeText));
    }
    if (!refused.isEmpty()) {
      events.accept(new ChatEvent.RefusalDelta(number, refused));
    }
    images(said, whole, events);
    int place = 0;
    for (JsonNode call : called) {
      calls.take(call, whole ? Optional.of(place++) : Optional.empty(), events);
    }
  }

  private static String missing(EmittedText told, Optional<String> given, boolean whole) {
    String missing = whole ? told.rest(given.orElse("")) : given.orElse("");
    told.add(missing);
    return missing;
  }

  private void images(JsonNode said, boolean whole, Consumer<ChatEvent> events) {
    List<ImagePart> images = whole && hasImages ? List.of() : MessageImages.read(said);
    hasImages |= !images.isEmpty();
    images.forEach(image -> events.accept(new ChatEvent.ImageGenerated(number, image)));
  }

  private void endReasoning(boolean called, Consumer<ChatEvent> events) {
    returned
        .end(destination, called)
        .ifPresent(state -> events.accept(new ChatEvent.ReasoningState(number, state)));
  }

  /** The stream has ended in order: a choice without a finish reason stopped. */
  void finish(Consumer<ChatEvent> events) {
    endReasoning(calls.any(), events);
    details(Citations.read(cited, length), false, events);
    calls.finish(events);
    FinishReason last = reason.orElseGet(() -> FinishReasons.unspecified(calls.any()));
    events.accept(new ChatEvent.Finished(number, last));
  }
}
