package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.responses.ResponseObjectWriter.Body;
import dev.serai.adapters.dialects.responses.ResponseObjectWriter.Head;
import dev.serai.adapters.dialects.stream.RelayingEventWriter;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.chat.Usage;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.GatewayProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream as the numbered events of a response.
 *
 * <p>Model: a response is a list of items. At most one message or reasoning item is open at a time:
 * an event that belongs to another item closes it. Several tool calls may be open, since providers
 * may interleave their arguments: one with all its arguments is closed when another item begins,
 * the others when the choice finishes. Each closed item is also collected, since the last event
 * repeats the whole response. A failure is {@code response.failed} with nothing after it, so that
 * no client takes it for the regular end. For one stream; not thread-safe.
 */
final class StreamWriter extends RelayingEventWriter {
  private final ResponsesRequest request;
  private final long nowSeconds;
  private final NumberedEventWriter events = new NumberedEventWriter();
  private final List<byte[]> items = new ArrayList<>();
  private final List<String> annotations = new ArrayList<>(0);
  private final List<String> logprobs = new ArrayList<>(0);
  private final Map<Integer, StreamedToolCall> calls = new TreeMap<>();
  private @Nullable StreamedItem open;
  private @Nullable Head head;
  private Optional<Usage> usage = Optional.empty();
  private ResponseStatus outcome = ResponseStatus.FAILED;
  private String model = "";
  private long created;
  private long textLength;
  private boolean refused;

  /**
   * @param nowSeconds used where the provider gave no time
   */
  StreamWriter(ResponsesRequest request, long nowSeconds) {
    this.request = request;
    this.nowSeconds = nowSeconds;
  }

  @Override
  protected byte[] translated(ChatEvent event) {
    translate(event);
    return events.take();
  }

  private void translate(ChatEvent event) {
    switch (event) {
      case ChatEvent.Started started -> {
        model = started.model();
        created = started.createdSeconds();
      }
      case ChatEvent.TextDelta text when text.choice() == 0 -> text(text.text(), false);
      case ChatEvent.TextDetailed detailed when detailed.choice() == 0 ->
          details(detailed.details());
      case ChatEvent.RefusalDelta text when text.choice() == 0 -> text(text.text(), true);
      case ChatEvent.ReasoningDelta text when text.choice() == 0 ->
          reasoning().delta(events, text.text());
      case ChatEvent.ReasoningState state when state.choice() == 0 -> {
        reasoning().state(state.state());
        closeOpen("completed");
      }
      case ChatEvent.ImageGenerated made when made.choice() == 0 -> image(made.image());
      case ChatEvent.ToolCallStarted call when call.choice() == 0 -> call(call);
      case ChatEvent.ToolArgumentsDelta piece when piece.choice() == 0 -> {
        StreamedItem call = calls.get(piece.index());
        if (call != null) {
          call.delta(events, piece.fragment());
        }
      }
      case ChatEvent.Finished finished when finished.choice() == 0 -> finish(finished.reason());
      case ChatEvent.UsageReported reported -> usage = Optional.of(reported.usage());
      case ChatEvent.Ended _ -> end();
      default -> {}
    }
  }

  private void text(String piece, boolean refusal) {
    refused |= refusal;
    StreamedMessage message = message(refusal);
    if (!refusal) {
      message.logprobs(List.copyOf(logprobs));
      logprobs.clear();
    }
    message.delta(events, piece);
    annotate();
  }

  /** The open message, or a new one if it is of the other kind. */
  private StreamedMessage message(boolean refusal) {
    if (open instanceof StreamedMessage message && message.isRefusal() == refusal) {
      return message;
    }
    closeComplete();
    StreamedMessage message = new StreamedMessage(begin(), place(), refusal, textLength);
    open = message;
    return message;
  }

  private void details(TextDetails details) {
    logprobs.addAll(details.logprobs());
    annotations.addAll(details.annotations());
    annotate();
  }

  /** Writes the annotations that have arrived, once there is a text. */
  private void annotate() {
    if (!annotations.isEmpty() && open instanceof StreamedMessage message && !message.isRefusal()) {
      annotations.forEach(annotation -> message.annotate(events, annotation));
      annotations.clear();
    }
  }

  private StreamedReasoning reasoning() {
    if (open instanceof StreamedReasoning reasoning) {
      return reasoning;
    }
    closeComplete();
    StreamedReasoning reasoning = new StreamedReasoning(begin(), place());
    open = reasoning;
    return reasoning;
  }

  private void call(ChatEvent.ToolCallStarted call) {
    closeComplete();
    calls.put(
        call.index(),
        new StreamedToolCall(begin(), place(), call, request.tools().origin(call.name())));
  }

  private void image(ImagePart image) {
    if (image.source() instanceof InlineSource inline) {
      closeComplete();
      begin();
      int place = place();
      items.set(place, StreamedImage.write(events, place, inline));
    }
  }

  /** Reserves the place of the next item. */
  private int place() {
    items.add(NOTHING);
    return items.size() - 1;
  }

  /** Closes all that is complete once another item begins. */
  private void closeComplete() {
    closeOpen("completed");
    for (StreamedToolCall call : List.copyOf(calls.values())) {
      if (call.isComplete()) {
        close(call, "completed");
        calls.values().remove(call);
      }
    }
  }

  private void closeOpen(String status) {
    if (open != null) {
      close(open, status);
      open = null;
    }
  }

  private void close(StreamedItem item, String status) {
    if (item instanceof StreamedMessage message) {
      textLength += message.textLength();
    }
    items.set(item.place(), item.close(events, status));
  }

  private void finish(FinishReason reason) {
    outcome = ResponseStatus.of(reason);
    if (reason.kind() == Kind.REFUSAL && !refused) {
      text(ChatEvent.RefusalDelta.UNEXPLAINED, true);
    }
    begin();
    if (!annotations.isEmpty()) {
      // Their text is complete already.
      message(false);
      annotate();
    }
    closeAll();
  }

  private void closeAll() {
    closeOpen(outcome.itemStatus());
    calls.values().forEach(call -> close(call, outcome.itemStatus()));
    calls.clear();
  }

  private void end() {
    closeAll();
    byte[] whole = whole(new Body(outcome, written(), usage, Optional.empty()));
    last("response." + outcome.status(), whole);
    request.progress().complete(whole);
  }

  @Override
  protected byte[] failure(GatewayProblem problem) {
    if (isRelayed()) {
      ResponseProgress progress = request.progress();
      events.continueAt(progress.nextSequence());
      head = new Head(progress.id(), progress.model(), progress.createdSeconds());
    }
    Body body = new Body(ResponseStatus.FAILED, written(), usage, Optional.of(problem));
    last("response.failed", whole(body));
    return events.take();
  }

  /** The closed items. */
  private List<byte[]> written() {
    return items.stream().filter(item -> item.length > 0).toList();
  }

  private byte[] whole(Body body) {
    begin();
    JsonWriter out = new JsonWriter(2048);
    ResponseObjectWriter.write(out, request, begun(), body);
    return out.bytes();
  }

  private void last(String type, byte[] response) {
    events.begin(type).name("response").json(response);
    events.end();
  }

  private Head begun() {
    Head known = head;
    if (known == null) {
      known = new Head(ResponseIds.make("resp_"), model, created != 0 ? created : nowSeconds);
      head = known;
    }
    return known;
  }

  /** Writes the events that begin the response, once. */
  private NumberedEventWriter begin() {
    if (head == null) {
      request.progress().beginTranslated();
      for (String type : List.of("response.created", "response.in_progress")) {
        JsonWriter out = events.begin(type).name("response");
        ResponseObjectWriter.write(out, request, begun(), Body.EMPTY);
        events.end();
      }
    }
    return events;
  }
}
