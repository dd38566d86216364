package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.core.chat.ChatEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decodes the tool calls of one choice of a stream. Providers number calls differently or not at
 * all, and some repeat id and name in every delta; core events number them from 0 in order of
 * appearance, and each call starts once. A call without a name never starts.
 */
final class ToolCallDeltaReader {
  private static final int MAX_CALLS = 1024;

  private final int choice;
  private final List<Call> calls = new ArrayList<>();
  private int begun;

  ToolCallDeltaReader(int choice) {
    this.choice = choice;
  }

  private static final class Call {
    final int providerIndex;
    String id;
    int index = -1;
    boolean anyArguments;
    final StringBuilder early = new StringBuilder();

    Call(int providerIndex, String id) {
      this.providerIndex = providerIndex;
      this.id = id;
    }
  }

  /** Reads one element of {@code tool_calls}. */
  void take(JsonNode delta, Consumer<ChatEvent> events) {
    Call call = call(delta);
    JsonNode function = delta.path("function");
    Optional<String> name = ResponseReader.text(function.path("name"));
    if (call.index < 0 && name.isPresent()) {
      call.index = begun++;
      String id = call.id.isEmpty() ? "call_" + choice + "_" + call.index : call.id;
      events.accept(new ChatEvent.ToolCallStarted(choice, call.index, id, name.get()));
      arguments(call, call.early.toString(), events);
    }
    JsonNode given = function.path("arguments");
    String arguments = given.isObject() ? given.toString() : given.asText("");
    if (call.index < 0) {
      call.early.append(arguments);
    } else {
      arguments(call, arguments, events);
    }
  }

  private void arguments(Call call, String fragment, Consumer<ChatEvent> events) {
    if (!fragment.isEmpty()) {
      call.anyArguments = true;
      events.accept(new ChatEvent.ToolArgumentsDelta(choice, call.index, fragment));
    }
  }

  private Call call(JsonNode delta) {
    String id = delta.path("id").asText("");
    JsonNode index = delta.path("index");
    Optional<Call> known = index.isInt() ? numbered(index.intValue()) : unnumbered(id);
    if (known.isEmpty()) {
      if (calls.size() == MAX_CALLS) {
        throw new MalformedInput(0, "at most " + MAX_CALLS + " tool calls");
      }
      Call call = new Call(index.asInt(calls.size()), id);
      calls.add(call);
      return call;
    }
    if (known.get().id.isEmpty()) {
      known.get().id = id;
    }
    return known.get();
  }

  private Optional<Call> numbered(int providerIndex) {
    for (Call call : calls) {
      if (call.providerIndex == providerIndex) {
        return Optional.of(call);
      }
    }
    return Optional.empty();
  }

  /** Without an index a new id is a new call; a delta without an id belongs to the last call. */
  private Optional<Call> unnumbered(String id) {
    if (calls.isEmpty()) {
      return Optional.empty();
    }
    Call last = calls.getLast();
    return id.isEmpty() || id.equals(last.id) ? Optional.of(last) : Optional.empty();
  }

  /** Ends the choice: a call without arguments gets an empty object. */
  void finish(Consumer<ChatEvent> events) {
    for (Call call : calls) {
      if (call.index >= 0 && !call.anyArguments) {
        arguments(call, "{}", events);
      }
    }
  }
}
