package dev.serai.adapters.dialects.openai;

import static dev.serai.core.json.JsonWriter.ascii;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openaiapi.ErrorReader;
import dev.serai.adapters.dialects.openaiapi.MalformedResponse;
import dev.serai.adapters.dialects.openaiapi.Quirk;
import dev.serai.adapters.dialects.stream.FramedReader;
import dev.serai.adapters.dialects.stream.SseSplitter;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.GatewayProblem;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decodes a stream of {@code chat.completion.chunk} events into core events, for a client of
 * another dialect. For one stream; not thread-safe.
 */
final class StreamDecoder extends FramedReader<SseSplitter> {
  private static final byte[] DONE = ascii("[DONE]");
  private static final int MAX_CHOICES = 128;

  private final Destination destination;
  private final FrameScanner scanner = new FrameScanner();
  private final Map<Integer, ToolCallDeltaReader> calls = new HashMap<>();
  private final Map<Integer, ReturnedReasoning> returned = new HashMap<>();
  private final DroppedFields dropped = new DroppedFields();
  private boolean started;
  private boolean finished;

  StreamDecoder(Destination destination) {
    super(new SseSplitter());
    this.destination = destination;
  }

  @Override
  protected void truncated(Consumer<ChatEvent> events) {
    if (!finished || !Quirk.NO_DONE.of(destination)) {
      throw MalformedResponse.truncated(destination);
    }
    finish(events);
  }

  @Override
  protected GatewayProblem malformed(MalformedInput where) {
    return MalformedResponse.at(destination, where);
  }

  @Override
  protected void frame(byte[] data, int from, int to, Consumer<ChatEvent> events) {
    if (Arrays.equals(data, from, to, DONE, 0, DONE.length)) {
      finish(events);
      return;
    }
    scanner.scan(data, from, to);
    if (scanner.isError()) {
      throw ErrorReader.inside(destination, data, from, to);
    }
    JsonNode chunk = StrictJson.tree(data, from, to);
    // Azure's first chunk is about the prompt and has neither id nor choices.
    boolean named = !chunk.path("id").asText("").isEmpty();
    if (!started && (named || !chunk.path("choices").isEmpty())) {
      started = true;
      events.accept(
          new ChatEvent.Started(
              chunk.path("id").asText(""),
              chunk.path("model").asText(destination.model()),
              chunk.path("created").asLong(0)));
    }
    int place = 0;
    for (JsonNode choice : chunk.path("choices")) {
      choice(choice, place++, events);
    }
    scanner.usage().ifPresent(usage -> events.accept(new ChatEvent.UsageReported(usage)));
  }

  private void choice(JsonNode choice, int place, Consumer<ChatEvent> events) {
    int index = Math.clamp(choice.path("index").asInt(place), 0, MAX_CHOICES - 1);
    JsonNode delta = choice.path("delta");
    returned.computeIfAbsent(index, _ -> new ReturnedReasoning()).take(delta);
    ResponseReader.reasoning(delta)
        .ifPresent(text -> events.accept(new ChatEvent.ReasoningDelta(index, text)));
    if (hasOtherContent(choice, delta)) {
      endReasoning(index, events);
    }
    ResponseReader.content(delta.path("content"))
        .ifPresent(text -> events.accept(new ChatEvent.TextDelta(index, text)));
    ResponseReader.text(delta.path("refusal"))
        .ifPresent(text -> events.accept(new ChatEvent.RefusalDelta(index, text)));
    MessageImages.read(delta)
        .forEach(image -> events.accept(new ChatEvent.ImageGenerated(index, image)));
    ResponseReader.drop(delta, dropped, events);
    for (JsonNode call : delta.path("tool_calls")) {
      calls.computeIfAbsent(index, ToolCallDeltaReader::new).take(call, events);
    }
    Optional<String> finish = ResponseReader.text(choice.path("finish_reason"));
    if (finish.isPresent()) {
      finished = true;
      ToolCallDeltaReader open = calls.remove(index);
      if (open != null) {
        open.finish(events);
      }
      events.accept(new ChatEvent.Finished(index, FinishReasons.read(finish.get())));
    }
  }

  private static boolean hasOtherContent(JsonNode choice, JsonNode delta) {
    return ResponseReader.content(delta.path("content")).isPresent()
        || !delta.path("tool_calls").isEmpty()
        || ResponseReader.text(choice.path("finish_reason")).isPresent();
  }

  private void endReasoning(int choice, Consumer<ChatEvent> events) {
    ReturnedReasoning ended = returned.get(choice);
    if (ended != null) {
      ended
          .end(destination)
          .ifPresent(state -> events.accept(new ChatEvent.ReasoningState(choice, state)));
    }
  }
}
