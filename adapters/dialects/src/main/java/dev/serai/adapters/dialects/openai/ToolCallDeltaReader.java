package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.stream.EmittedText;
import dev.serai.adapters.dialects.tool.ToolCallEmitter;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ToolCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the tool calls of one choice of a stream. Providers number calls differently or not at
 * all, and some repeat id and name in every delta; core events number them from 0 in the order of
 * the provider's numbers, and each call starts once. A call without a name never starts.
 */
final class ToolCallDeltaReader {
  private final int choice;
  private final ToolCallEmitter emitter;
  private final List<Call> calls = new ArrayList<>();
  private @Nullable Call last;

  ToolCallDeltaReader(int choice) {
    this.choice = choice;
    this.emitter = new ToolCallEmitter(choice);
  }

  private static final class Call {
    final int providerIndex;
    String id;
    String name = "";
    ToolCallEmitter.@Nullable Call started;
    final EmittedText arguments = new EmittedText();
    final StringBuilder early = new StringBuilder();

    Call(int providerIndex, String id) {
      this.providerIndex = providerIndex;
      this.id = id;
    }
  }

  /** Whether a call has started. */
  boolean any() {
    return emitter.size() > 0;
  }

  /**
   * Reads one element of {@code tool_calls}.
   *
   * @param whole of a message that may repeat calls: the place of the call in it
   */
  void take(JsonNode given, Optional<Integer> whole, Consumer<ChatEvent> events) {
    Call call = call(given, whole);
    JsonNode function = given.path("function");
    ResponseReader.text(function.path("name")).ifPresent(name -> call.name = name);
    JsonNode written = function.path("arguments");
    String arguments = written.isObject() ? written.toString() : written.asText("");
    if (call.started == null) {
      call.early.append(whole.isEmpty() || call.early.isEmpty() ? arguments : "");
      start(false, events);
    } else {
      arguments(call, whole.isEmpty() ? arguments : call.arguments.rest(arguments), events);
    }
  }

  /**
   * Starts the calls that have a name and whose turn has come.
   *
   * @param all whether no more calls follow, so that none has to wait
   */
  private void start(boolean all, Consumer<ChatEvent> events) {
    calls.sort(Comparator.comparingInt(call -> call.providerIndex));
    int turn = 0;
    for (Call call : calls) {
      if (!all && call.started == null && (call.name.isEmpty() || call.providerIndex > turn)) {
        return;
      }
      turn = call.providerIndex + 1;
      if (call.started == null && !call.name.isEmpty()) {
        String id = call.id.isEmpty() ? "call_" + choice + "_" + emitter.size() : call.id;
        call.started = emitter.begin(new ToolCall(id, call.name, "{}"), events);
        arguments(call, call.early.toString(), events);
      }
    }
  }

  private void arguments(Call call, String fragment, Consumer<ChatEvent> events) {
    if (call.started != null) {
      call.arguments.add(fragment);
      call.started.add(fragment, events);
    }
  }

  private Call call(JsonNode given, Optional<Integer> whole) {
    String id = given.path("id").asText("");
    JsonNode index = given.path("index");
    Optional<Call> known;
    if (index.isInt()) {
      known = numbered(index.intValue());
    } else {
      known = whole.isEmpty() ? unnumbered(id) : repeated(id, whole.get());
    }
    if (known.isEmpty()) {
      if (calls.size() == ToolCallEmitter.MAX_CALLS) {
        throw new MalformedInput(0, "at most " + ToolCallEmitter.MAX_CALLS + " tool calls");
      }
      Call call = new Call(index.asInt(calls.size()), id);
      calls.add(call);
      last = call;
      return call;
    }
    last = known.get();
    if (last.id.isEmpty()) {
      last.id = id;
    }
    return last;
  }

  private Optional<Call> numbered(int providerIndex) {
    return calls.stream().filter(call -> call.providerIndex == providerIndex).findFirst();
  }

  /** Without an index a new id is a new call; a delta without an id belongs to the last call. */
  private Optional<Call> unnumbered(String id) {
    Optional<Call> before = Optional.ofNullable(last);
    return before.filter(call -> id.isEmpty() || id.equals(call.id));
  }

  /** The call that a whole message repeats, by its id or its place. */
  private Optional<Call> repeated(String id, int place) {
    return calls.stream()
        .filter(call -> !id.isEmpty() && id.equals(call.id))
        .findFirst()
        .or(() -> numbered(place).filter(call -> id.isEmpty() || call.id.isEmpty()));
  }

  /** Ends the choice: a call without arguments gets an empty object. */
  void finish(Consumer<ChatEvent> events) {
    start(true, events);
    emitter.complete(events);
    calls.clear();
  }
}
