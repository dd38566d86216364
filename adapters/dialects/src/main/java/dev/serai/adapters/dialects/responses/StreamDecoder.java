package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openaiapi.MalformedResponse;
import dev.serai.adapters.dialects.stream.BlockOrder;
import dev.serai.adapters.dialects.stream.FramedReader;
import dev.serai.adapters.dialects.stream.ServerSentEvents;
import dev.serai.adapters.dialects.stream.SseSplitter;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.adapters.dialects.translation.ReplyMembers;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.GatewayProblem;
import java.util.function.Consumer;

/**
 * Decodes the events of a response into core events, for a client of another dialect.
 *
 * <p>Model: the events of one output item are decoded after those of the item before: {@link
 * BlockOrder} holds back what arrives too early. The text of an item, its calls and its state may
 * be in deltas, in the events that end a part or the item, and in the last event, which repeats the
 * whole response: each is emitted once, wherever it is first. For one stream; not thread-safe.
 */
final class StreamDecoder extends FramedReader<SseSplitter> {
  /** The last event holds the whole response, and so the tools and instructions of the request. */
  static final int MAX_LINE = 4 * SseSplitter.MAX_LINE;

  private final FrameScanner scanner = new FrameScanner();
  private final BlockOrder<JsonNode> order = new BlockOrder<>();
  private final DroppedFields dropped = new DroppedFields();
  private final FailedStream failure;
  private final DecodedItems items;
  private final ReplyMembers read;
  private final ReplyMembers readOfItem;
  private boolean started;

  /**
   * @param details the details of the text that the client can receive
   */
  StreamDecoder(Destination destination, DetailSupport details) {
    super(new SseSplitter(MAX_LINE), destination);
    this.failure = new FailedStream(destination);
    this.items = new DecodedItems(destination, dropped, new DecodedDetails(details));
    this.read = ResponseMembers.read(details);
    this.readOfItem = ResponseMembers.readOfItem(details);
  }

  @Override
  protected void truncated(Consumer<ChatEvent> events) {
    decodeWaiting(events);
    failure.end();
    throw MalformedResponse.truncated(destination());
  }

  @Override
  protected GatewayProblem malformed(MalformedInput where) {
    return MalformedResponse.of(destination());
  }

  @Override
  protected void frame(byte[] data, int from, int to, Consumer<ChatEvent> events) {
    if (ServerSentEvents.isDone(data, from, to)) {
      failure.end();
      done(events);
      return;
    }
    scanner.scan(data, from, to);
    switch (scanner.kind()) {
      case FAILED -> failure.take(data, from, to);
      case CREATED -> start(response(data), events);
      case LAST -> last(data, events);
      case PIECE, OTHER -> {
        if (scanner.endsItem()) {
          readOfItem.report(data, from, to, name -> dropped.add(name, events));
        }
        event(StrictJson.tree(data, from, to), to - from, events);
      }
    }
  }

  private ResponseSummary response(byte[] data) {
    return ResponseSummary.of(data, scanner.responseStart(), scanner.responseEnd(), destination());
  }

  private void start(ResponseSummary begun, Consumer<ChatEvent> events) {
    if (!started) {
      started = true;
      String model = begun.model().isEmpty() ? destination().model() : begun.model();
      events.accept(new ChatEvent.Started(begun.id(), model, begun.createdSeconds()));
    }
  }

  private void event(JsonNode event, int size, Consumer<ChatEvent> events) {
    long item = event.path("output_index").asLong(-1);
    if (order.mustWait(item)) {
      order.add(item, event, size);
      return;
    }
    decode(event, events);
    decodeReady(events);
  }

  private void decode(JsonNode event, Consumer<ChatEvent> events) {
    items.take(event, events);
    if (event.path("type").asText("").equals("response.output_item.done")) {
      order.complete(event.path("output_index").asLong(-1));
    }
  }

  private void decodeReady(Consumer<ChatEvent> events) {
    for (var next = order.poll(); next.isPresent(); next = order.poll()) {
      decode(next.get(), events);
    }
  }

  private void decodeWaiting(Consumer<ChatEvent> events) {
    order.end();
    decodeReady(events);
  }

  private void last(byte[] data, Consumer<ChatEvent> events) {
    ResponseSummary response = response(data);
    start(response, events);
    int from = scanner.responseStart();
    read.report(data, from, scanner.responseEnd(), name -> dropped.add(name, events));
    JsonNode whole = StrictJson.tree(data, from, scanner.responseEnd());
    int place = 0;
    for (JsonNode item : whole.path("output")) {
      items.complete(place, item, events);
      order.complete(place++);
      decodeReady(events);
    }
    decodeWaiting(events);
    items.end(events);
    response.usage().ifPresent(usage -> events.accept(new ChatEvent.UsageReported(usage)));
    FinishReason reason = response.finish();
    boolean stopped = reason.kind() == FinishReason.Kind.STOP;
    events.accept(new ChatEvent.Finished(0, stopped ? items.finish() : reason));
    finish(events);
  }

  /** The stream ended in order without its last event. */
  private void done(Consumer<ChatEvent> events) {
    if (items.isEmpty()) {
      throw MalformedResponse.of(destination());
    }
    decodeWaiting(events);
    items.end(events);
    events.accept(new ChatEvent.Finished(0, items.finish()));
    finish(events);
  }
}
