package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.GeneratedIds;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.stream.FramedReader;
import dev.serai.adapters.dialects.stream.ServerSentEvents;
import dev.serai.adapters.dialects.stream.SseSplitter;
import dev.serai.adapters.dialects.tool.ToolCallEmitter;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.dialect.Destination;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Reads a stream into chat events. A call arrives complete in one event, and the calls of a
 * response in several: they are numbered over the whole stream.
 */
final class StreamDecoder extends FramedReader<SseSplitter> {
  private final DetailSupport details;
  private final StreamProgress progress;
  private final ToolCallEmitter[] calls = new ToolCallEmitter[FrameScanner.MAX_CANDIDATES];
  private final Map<Integer, StringBuilder> texts = new HashMap<>(2);
  private final Map<Integer, Set<String>> named = new HashMap<>(2);
  private Optional<ResponsePartReader> parts = Optional.empty();

  /**
   * @param details the details of the text that the client can receive
   * @param wanted how many candidates the request asks for
   */
  StreamDecoder(Destination destination, DetailSupport details, LongSupplier wanted) {
    super(new SseSplitter(), destination);
    this.details = details;
    this.progress = new StreamProgress(destination, wanted);
    Arrays.setAll(calls, ToolCallEmitter::new);
  }

  @Override
  protected void frame(byte[] data, int from, int to, Consumer<ChatEvent> events) {
    if (ServerSentEvents.isDone(data, from, to)) {
      progress.done();
      truncated(events);
      return;
    }
    FrameScanner scanned = progress.scan(data, from, to);
    JsonNode response = StrictJson.tree(data, from, to);
    ResponsePartReader reader =
        parts.orElseGet(() -> begin(response, seed(response, data, from, to), events));
    reader.drop(data, from, to, events);
    int place = 0;
    for (JsonNode candidate : response.path("candidates")) {
      JsonNode given = candidate.path("index"); // in its bounds: the scanner has read it
      int choice = given.isNumber() ? given.intValue() : place;
      place++;
      details(choice, reader.logprobs(candidate), events);
      int start = text(choice).length();
      for (JsonNode part : candidate.path("content").path("parts")) {
        part(reader, part, choice, events);
      }
      sources(choice, reader.sources(candidate, text(choice), start), events);
    }
    if (place == 0) {
      StreamProgress.refusal(scanned)
          .ifPresent(why -> events.accept(new ChatEvent.RefusalDelta(0, why)));
    }
    scanned.usage().ifPresent(usage -> events.accept(new ChatEvent.UsageReported(usage)));
  }

  @Override
  protected boolean isFinished() {
    return progress.isFinished();
  }

  @Override
  protected boolean isEnded() {
    return progress.isEnded();
  }

  @Override
  protected void truncated(Consumer<ChatEvent> events) {
    progress.end(frames(), events);
    finish(events);
  }

  private static String seed(JsonNode response, byte[] data, int from, int to) {
    String id = response.path("responseId").asText("");
    return id.isEmpty() ? GeneratedIds.seed(data, from, to) : id;
  }

  private ResponsePartReader begin(JsonNode response, String seed, Consumer<ChatEvent> events) {
    ResponsePartReader reader = new ResponsePartReader(destination(), details);
    parts = Optional.of(reader);
    String model = response.path("modelVersion").asText(destination().model());
    events.accept(new ChatEvent.Started(seed, model, ResponseReader.seconds(response)));
    return reader;
  }

  /** Emits the sources that no event before has named: some servers repeat them in each event. */
  private void sources(int choice, TextDetails read, Consumer<ChatEvent> events) {
    Set<String> known = named.computeIfAbsent(choice, _ -> new HashSet<>(4));
    List<String> fresh = read.annotations().stream().filter(known::add).toList();
    details(choice, new TextDetails(fresh, read.logprobs()), events);
  }

  private static void details(int choice, TextDetails read, Consumer<ChatEvent> events) {
    if (!read.isEmpty()) {
      events.accept(new ChatEvent.TextDetailed(choice, read));
    }
  }

  /** The text of a choice so far, which the offsets of its sources count; empty if not wanted. */
  private StringBuilder text(int choice) {
    return texts.computeIfAbsent(choice, _ -> new StringBuilder());
  }

  private void part(
      ResponsePartReader reader, JsonNode part, int choice, Consumer<ChatEvent> events) {
    reader.dropData(part, events);
    Optional<OpaqueState> state = reader.state(part);
    String text = part.path("text").asText("");
    if (part.path("functionCall").isObject()) {
      reader
          .call(part, state, events)
          .ifPresent(call -> calls[choice].begin(call, events).complete(events));
      return;
    }
    if (!text.isEmpty()) {
      boolean thought = part.path("thought").asBoolean(false);
      if (reader.hasSources() && !thought) {
        text(choice).append(text);
      }
      events.accept(
          thought
              ? new ChatEvent.ReasoningDelta(choice, text)
              : new ChatEvent.TextDelta(choice, text));
    }
    ResponsePartReader.image(part)
        .ifPresent(image -> events.accept(new ChatEvent.ImageGenerated(choice, image)));
    state.ifPresent(kept -> events.accept(new ChatEvent.ReasoningState(choice, kept)));
  }
}
