package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.GeneratedIds;
import dev.serai.adapters.dialects.json.SseSplitter;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.dialect.Destination;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Understands a stream, for a caller of another dialect. Calls come whole, but one at a time over
 * many events: they are counted over the whole stream.
 */
final class StreamDecoder extends AnswerStream {
  private final int[] calls = new int[ResponseScanner.MOST_CANDIDATES];
  private Optional<ResponsePartReader> parts = Optional.empty();

  StreamDecoder(Destination destination) {
    super(destination);
  }

  @Override
  void event(SseSplitter split, ResponseScanner said, Consumer<ChatEvent> sink) {
    JsonNode answer = StrictJson.tree(split.data(), split.dataStart(), split.dataEnd());
    ResponsePartReader reader = parts.orElseGet(() -> begin(answer, split, sink));
    int place = 0;
    for (JsonNode candidate : answer.path("candidates")) {
      int index = candidate.path("index").asInt(place++);
      int choice = Math.clamp(index, 0, ResponseScanner.MOST_CANDIDATES - 1);
      for (JsonNode part : candidate.path("content").path("parts")) {
        part(reader, part, choice, sink);
      }
      reader.drop(candidate, sink);
    }
    if (place == 0) {
      refusal(said).ifPresent(why -> sink.accept(new ChatEvent.RefusalDelta(0, why)));
    }
    said.usage().ifPresent(usage -> sink.accept(new ChatEvent.UsageReported(usage)));
  }

  private ResponsePartReader begin(JsonNode answer, SseSplitter split, Consumer<ChatEvent> sink) {
    String id = answer.path("responseId").asText("");
    String seed =
        id.isEmpty() ? GeneratedIds.seed(split.data(), split.dataStart(), split.dataEnd()) : id;
    ResponsePartReader reader = new ResponsePartReader(target(), seed);
    parts = Optional.of(reader);
    String model = answer.path("modelVersion").asText(target().model());
    sink.accept(new ChatEvent.Started(seed, model, ResponseReader.seconds(answer)));
    return reader;
  }

  private void part(
      ResponsePartReader reader, JsonNode part, int choice, Consumer<ChatEvent> sink) {
    Optional<OpaqueState> state = reader.state(part);
    String text = part.path("text").asText("");
    if (part.path("functionCall").isObject()) {
      ToolCall call = reader.call(part, state);
      int number = calls[choice]++;
      sink.accept(new ChatEvent.ToolCallStarted(choice, number, call.id(), call.name(), state));
      sink.accept(new ChatEvent.ToolArgumentsDelta(choice, number, call.arguments()));
      return;
    }
    if (!text.isEmpty()) {
      boolean thought = part.path("thought").asBoolean(false);
      sink.accept(
          thought
              ? new ChatEvent.ReasoningDelta(choice, text)
              : new ChatEvent.TextDelta(choice, text));
    }
    ResponsePartReader.picture(part)
        .ifPresent(picture -> sink.accept(new ChatEvent.ImageGenerated(choice, picture)));
    state.ifPresent(kept -> sink.accept(new ChatEvent.ReasoningState(choice, kept)));
  }
}
