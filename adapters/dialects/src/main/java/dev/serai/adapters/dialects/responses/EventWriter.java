package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.responses.ResponseObject.Body;
import dev.serai.adapters.dialects.responses.ResponseObject.Head;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.chat.Usage;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.surface.Surface.ChatEventWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a streamed answer as the events of a response. One message or piece of reasoning is open
 * at a time; calls stay open until the answer ends, since providers may mix the pieces of several.
 * The last event holds the whole response. A failure is {@code response.failed} and nothing after
 * it, so that no client takes it for an end.
 */
final class EventWriter implements ChatEventWriter {
  private static final byte[] NOTHING = new byte[0];

  private final ResponsesRequest request;
  private final long nowSeconds;
  private final Events events = new Events();
  private final List<byte[]> items = new ArrayList<>();
  private final Map<Integer, OpenItem> calls = new TreeMap<>();
  private @Nullable OpenItem open;
  private @Nullable Head head;
  private Optional<Usage> usage = Optional.empty();
  private Outcome outcome = Outcome.FAILED;
  private String model = "";
  private long created;
  private boolean refused;
  private boolean relayed;

  /**
   * @param nowSeconds used where the provider tells no time
   */
  EventWriter(ResponsesRequest request, long nowSeconds) {
    this.request = request;
    this.nowSeconds = nowSeconds;
  }

  @Override
  public byte[] write(ChatEvent event) {
    switch (event) {
      case ChatEvent.Relayed bytes -> {
        relayed = true;
        return bytes.bytes();
      }
      case ChatEvent.Failed failed -> fail(failed.problem());
      default -> {
        if (relayed) {
          // What relayed bytes say has been said.
          return NOTHING;
        }
        translate(event);
      }
    }
    return events.take();
  }

  private void translate(ChatEvent event) {
    switch (event) {
      case ChatEvent.Started started -> {
        model = started.model();
        created = started.createdSeconds();
      }
      case ChatEvent.TextDelta text when text.choice() == 0 -> text(text.text(), false);
      case ChatEvent.RefusalDelta text when text.choice() == 0 -> text(text.text(), true);
      case ChatEvent.ReasoningDelta text when text.choice() == 0 ->
          reasoning().delta(events, text.text());
      case ChatEvent.ReasoningState state when state.choice() == 0 -> {
        reasoning().state(state.state());
        closeOpen("completed");
      }
      case ChatEvent.ToolCallStarted call when call.choice() == 0 -> call(call);
      case ChatEvent.ToolArgumentsDelta piece when piece.choice() == 0 -> {
        OpenItem call = calls.get(piece.index());
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
    if (!(open instanceof OpenMessage message) || message.isRefusal() != refusal) {
      closeOpen("completed");
      open = new OpenMessage(begin(), place(), refusal);
    }
    open.delta(events, piece);
  }

  private OpenReasoning reasoning() {
    if (open instanceof OpenReasoning reasoning) {
      return reasoning;
    }
    closeOpen("completed");
    OpenReasoning reasoning = new OpenReasoning(begin(), place());
    open = reasoning;
    return reasoning;
  }

  private void call(ChatEvent.ToolCallStarted call) {
    closeOpen("completed");
    calls.put(
        call.index(), new OpenCall(begin(), place(), call, request.tools().origin(call.name())));
  }

  /** The place of the next item, which is kept free for it. */
  private int place() {
    items.add(NOTHING);
    return items.size() - 1;
  }

  private void closeOpen(String status) {
    if (open != null) {
      close(open, status);
      open = null;
    }
  }

  private void close(OpenItem item, String status) {
    items.set(item.place(), item.close(events, status));
  }

  private void finish(FinishReason reason) {
    outcome = Outcome.of(reason);
    if (reason.kind() == Kind.REFUSAL && !refused) {
      text(ItemWriter.REFUSAL, true);
    }
    begin();
    closeOpen(outcome.itemStatus());
    calls.values().forEach(call -> close(call, outcome.itemStatus()));
    calls.clear();
  }

  private void end() {
    byte[] whole = whole(new Body(outcome, written(), usage, Optional.empty()));
    last("response." + outcome.status(), whole);
    request.notes().complete(whole);
  }

  private void fail(GatewayProblem problem) {
    if (relayed) {
      AnswerNotes notes = request.notes();
      events.continueAt(notes.nextSequence());
      head = new Head(notes.id(), notes.model(), notes.createdSeconds());
    }
    Body body = new Body(Outcome.FAILED, written(), usage, Optional.of(problem));
    last("response.failed", whole(body));
  }

  /** The items that are whole. */
  private List<byte[]> written() {
    return items.stream().filter(item -> item.length > 0).toList();
  }

  private byte[] whole(Body body) {
    begin();
    JsonWriter out = new JsonWriter(2048);
    ResponseObject.write(out, request, begun(), body);
    return out.bytes();
  }

  private void last(String type, byte[] response) {
    events.begin(type).name("response").json(response);
    events.end();
  }

  private Head begun() {
    Head known = head;
    if (known == null) {
      known = new Head(Ids.make("resp_"), model, created != 0 ? created : nowSeconds);
      head = known;
    }
    return known;
  }

  /** Says first that there is a response. */
  private Events begin() {
    if (head == null) {
      request.notes().beginHere();
      for (String type : List.of("response.created", "response.in_progress")) {
        JsonWriter out = events.begin(type).name("response");
        ResponseObject.write(out, request, begun(), Body.NOTHING_YET);
        events.end();
      }
    }
    return events;
  }
}
