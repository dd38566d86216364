package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openaiapi.ErrorReader;
import dev.serai.adapters.dialects.openaiapi.MalformedResponse;
import dev.serai.adapters.dialects.stream.FramedReader;
import dev.serai.adapters.dialects.stream.ServerSentEvents;
import dev.serai.adapters.dialects.stream.SseSplitter;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Usage;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.GatewayProblem;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Decodes a stream of {@code chat.completion.chunk} events into core events, for a client of
 * another dialect. A stream ends in order with {@code [DONE]}, or where its body ends behind the
 * finish reasons of all its choices; content and {@code [DONE]} without a finish reason is a stop.
 * The choices finish then, and not with their finish reasons, since content may follow those. For
 * one stream; not thread-safe.
 */
final class StreamDecoder extends FramedReader<SseSplitter> {

  private final FrameScanner scanner = new FrameScanner();
  private final Map<Integer, StreamedChoice> choices = new TreeMap<>();
  private final DroppedFields dropped = new DroppedFields();
  private final DetailSupport details;
  private final LongSupplier wanted;
  private Optional<Usage> last = Optional.empty();
  private boolean started;

  /**
   * @param details the details of the text that the client can receive
   * @param wanted how many choices the request asks for
   */
  StreamDecoder(Destination destination, DetailSupport details, LongSupplier wanted) {
    super(new SseSplitter(), destination);
    this.details = details;
    this.wanted = wanted;
  }

  @Override
  protected void truncated(Consumer<ChatEvent> events) {
    if (!isComplete()) {
      throw MalformedResponse.truncated(destination());
    }
    complete(events);
  }

  @Override
  protected boolean isFinished() {
    return isComplete() && choices.size() >= wanted.getAsLong();
  }

  @Override
  protected boolean isEnded() {
    return scanner.isEnded();
  }

  private boolean isComplete() {
    return !choices.isEmpty() && choices.values().stream().allMatch(StreamedChoice::isFinished);
  }

  @Override
  protected GatewayProblem malformed(MalformedInput where) {
    return MalformedResponse.at(destination(), where);
  }

  @Override
  protected void frame(byte[] data, int from, int to, Consumer<ChatEvent> events) {
    if (ServerSentEvents.isDone(data, from, to)) {
      done(events);
      return;
    }
    scanner.scan(data, from, to);
    if (scanner.isError()) {
      throw ErrorReader.inside(destination(), data, from, to);
    }
    JsonNode chunk = StrictJson.tree(data, from, to);
    // Azure's first chunk is about the prompt and has neither id nor choices.
    boolean named = !chunk.path("id").asText("").isEmpty();
    if (!started && (named || !chunk.path("choices").isEmpty())) {
      started = true;
      events.accept(
          new ChatEvent.Started(
              chunk.path("id").asText(""),
              chunk.path("model").asText(destination().model()),
              chunk.path("created").asLong(0)));
    }
    if (!scanner.isLikeTheLast()) {
      ResponseMembers.read(details).report(data, from, to, name -> dropped.add(name, events));
    }
    int place = 0;
    for (JsonNode choice : chunk.path("choices")) {
      JsonNode given = choice.path("index"); // in its bounds: the scanner has read it
      int index =
          given.isNumber() ? given.intValue() : Math.min(place, FrameScanner.MAX_CHOICES - 1);
      place++;
      StreamedChoice streamed =
          choices.computeIfAbsent(
              index, number -> new StreamedChoice(number, destination(), details));
      streamed.cite(chunk);
      streamed.take(choice, events);
    }
    scanner.usage().ifPresent(usage -> count(usage, events));
  }

  /** The count of a response that has finished is reported behind the ends of its choices. */
  private void count(Usage usage, Consumer<ChatEvent> events) {
    if (isComplete()) {
      last = Optional.of(usage);
    } else {
      events.accept(new ChatEvent.UsageReported(usage));
    }
  }

  private void done(Consumer<ChatEvent> events) {
    if (!scanner.responds()) {
      throw MalformedResponse.of(destination());
    }
    complete(events);
  }

  private void complete(Consumer<ChatEvent> events) {
    choices.values().forEach(choice -> choice.finish(events));
    reportLast(events);
    finish(events);
  }

  private void reportLast(Consumer<ChatEvent> events) {
    last.ifPresent(usage -> events.accept(new ChatEvent.UsageReported(usage)));
    last = Optional.empty();
  }

  @Override
  protected void fail(GatewayProblem problem, Consumer<ChatEvent> events) {
    reportLast(events);
    super.fail(problem, events);
  }
}
