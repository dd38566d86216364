package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.stream.EmittedText;
import dev.serai.adapters.dialects.tool.ObjectProgress;
import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.adapters.dialects.tool.ToolCallEmitter;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.dialect.Destination;
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
 *
 * <p>A delta belongs to the call of its id, or else to the newest call of its number, or without a
 * number to the newest call. It begins another call if it has a name and another id than that call,
 * or if it has a name and no id, and the call is complete: some servers, such as Ollama's {@code
 * /v1}, send complete calls under one number. It also begins another call if it has the id of a
 * call, but a number and a name that are not that call's, or if that call is complete.
 */
final class ToolCallDeltaReader {
  private final Destination destination;
  private final ToolCallEmitter emitter;
  private final List<Call> calls = new ArrayList<>();
  private @Nullable Call last;

  ToolCallDeltaReader(int choice, Destination destination) {
    this.destination = destination;
    this.emitter = new ToolCallEmitter(choice);
  }

  private static final class Call {
    final int providerIndex;
    String id;
    String name = "";
    Optional<OpaqueState> state = Optional.empty();
    ToolCallEmitter.@Nullable Call started;
    final EmittedText arguments = new EmittedText();
    final ObjectProgress progress = new ObjectProgress();
    final StringBuilder early = new StringBuilder();
    final CustomInput input = new CustomInput();
    boolean isCustom;

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
    JsonNode called = ResponseReader.called(given);
    ResponseReader.text(called.path("name")).ifPresent(name -> call.name = name);
    call.state = call.state.or(() -> CallState.read(given, destination));
    String arguments = arguments(called, call, whole.isPresent());
    call.progress.add(arguments);
    if (call.started == null) {
      call.early.append(whole.isEmpty() || call.early.isEmpty() ? arguments : "");
      start(false, events);
    } else {
      arguments(call, whole.isEmpty() ? arguments : call.arguments.rest(arguments), events);
    }
  }

  /** The next piece of the arguments of a call; all of them if a message repeats it. */
  private static String arguments(JsonNode called, Call call, boolean whole) {
    if (!called.has(ToolArguments.TEXT)) {
      return arguments(called);
    }
    String text = called.path(ToolArguments.TEXT).asText("");
    call.isCustom = true;
    return whole ? ToolArguments.ofText(text) : call.input.piece(text);
  }

  private static String arguments(JsonNode called) {
    JsonNode written = called.path("arguments");
    return written.isContainerNode() ? written.toString() : written.asText("");
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
        call.started = emitter.begin(new ToolCall(call.id, call.name, "{}", call.state), events);
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
    Optional<Call> known =
        ofId(id, given)
            .or(() -> whole.isPresent() ? repeated(given, whole.get()) : continued(given));
    Call call = known.orElseGet(() -> add(given.path("index").asInt(calls.size()), id));
    if (call.id.isEmpty()) {
      call.id = id;
    }
    last = call;
    return call;
  }

  private Call add(int providerIndex, String id) {
    if (calls.size() == ToolCallEmitter.MAX_CALLS) {
      throw new MalformedInput(0, "at most " + ToolCallEmitter.MAX_CALLS + " tool calls");
    }
    Call call = new Call(providerIndex, id);
    calls.add(call);
    return call;
  }

  private Optional<Call> ofId(String id, JsonNode given) {
    return calls.reversed().stream()
        .filter(call -> !id.isEmpty() && id.equals(call.id))
        .filter(call -> !repeatsId(given, call))
        .findFirst();
  }

  /** Whether a delta begins another call, although it has the id of this one. */
  private static boolean repeatsId(JsonNode given, Call call) {
    JsonNode index = given.path("index");
    String name = ResponseReader.called(given).path("name").asText("");
    return index.isInt()
        && index.intValue() != call.providerIndex
        && !name.isEmpty()
        && (call.progress.isComplete() || !name.equals(call.name) && !call.progress.isOpen());
  }

  /** The newest call of a number. */
  private Optional<Call> numbered(int providerIndex) {
    return calls.reversed().stream()
        .filter(call -> call.providerIndex == providerIndex)
        .findFirst();
  }

  /** The call that a delta continues; empty if it begins another one. */
  private Optional<Call> continued(JsonNode given) {
    JsonNode index = given.path("index");
    Optional<Call> open = index.isInt() ? numbered(index.intValue()) : Optional.ofNullable(last);
    return open.filter(call -> !beginsAnother(given, call));
  }

  private static boolean beginsAnother(JsonNode given, Call open) {
    JsonNode function = ResponseReader.called(given);
    String name = function.path("name").asText("");
    if (name.isEmpty() || !given.path("id").asText("").isEmpty()) {
      return !name.isEmpty() && !open.id.isEmpty();
    }
    boolean hasArguments = !arguments(function).isEmpty();
    return !open.name.isEmpty()
        && (name.equals(open.name)
            ? hasArguments && open.progress.isComplete()
            : !open.progress.isOpen());
  }

  /** The call that a whole message repeats, by its number or its place. */
  private Optional<Call> repeated(JsonNode given, int place) {
    boolean anonymous = given.path("id").asText("").isEmpty();
    return numbered(given.path("index").asInt(place))
        .filter(call -> anonymous || call.id.isEmpty());
  }

  /** Ends the choice: a call without arguments gets an empty object. */
  void finish(Consumer<ChatEvent> events) {
    start(true, events);
    for (Call call : calls) {
      if (call.isCustom && !call.progress.isComplete()) {
        arguments(call, call.input.end(), events);
      }
    }
    emitter.complete(events);
    calls.clear();
  }
}
