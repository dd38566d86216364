package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openaiapi.ErrorReader;
import dev.serai.adapters.dialects.openaiapi.MalformedResponse;
import dev.serai.adapters.dialects.stream.FramedReader;
import dev.serai.adapters.dialects.stream.SseSplitter;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Decodes the events of a response into core events, for a client of another dialect. */
final class StreamDecoder extends FramedReader<SseSplitter> {
  /** The last event holds the whole response, and so the tools and instructions of the request. */
  static final int LINE_LIMIT = 4 * SseSplitter.LINE_LIMIT;

  private static final int MAX_CALLS = 1024;

  private final Destination destination;
  private final FrameScanner scanner = new FrameScanner();
  private final Map<Integer, Call> calls = new HashMap<>();
  private final DroppedFields dropped = new DroppedFields();
  private boolean inReasoning;

  StreamDecoder(Destination destination) {
    super(new SseSplitter(LINE_LIMIT));
    this.destination = destination;
  }

  private static final class Call {
    final int index;
    boolean anyArguments;

    Call(int index) {
      this.index = index;
    }
  }

  @Override
  protected void truncated(Consumer<ChatEvent> events) {
    throw MalformedResponse.truncated(destination);
  }

  @Override
  protected GatewayProblem malformed(MalformedInput where) {
    return MalformedResponse.of(destination);
  }

  @Override
  protected void frame(byte[] data, int from, int to, Consumer<ChatEvent> events) {
    scanner.scan(data, from, to);
    switch (scanner.kind()) {
      case FAILED -> throw failure(data, from, to, destination);
      case CREATED -> {
        ResponseSummary begun =
            ResponseSummary.of(data, scanner.responseStart(), scanner.responseEnd(), destination);
        String model = begun.model().isEmpty() ? destination.model() : begun.model();
        events.accept(new ChatEvent.Started(begun.id(), model, begun.createdSeconds()));
      }
      case LAST -> last(data, events);
      case PIECE, OTHER -> piece(StrictJson.tree(data, from, to), events);
    }
  }

  private void last(byte[] data, Consumer<ChatEvent> events) {
    ResponseSummary response =
        ResponseSummary.of(data, scanner.responseStart(), scanner.responseEnd(), destination);
    for (Call call : calls.values()) {
      if (!call.anyArguments) {
        arguments(call, "{}", events);
      }
    }
    response.usage().ifPresent(usage -> events.accept(new ChatEvent.UsageReported(usage)));
    events.accept(new ChatEvent.Finished(0, response.finish()));
    finish(events);
  }

  private void piece(JsonNode event, Consumer<ChatEvent> events) {
    String delta = event.path("delta").asText("");
    switch (event.path("type").asText("")) {
      case "response.output_text.delta" -> {
        if (!delta.isEmpty()) {
          events.accept(new ChatEvent.TextDelta(0, delta));
        }
      }
      case "response.refusal.delta" -> events.accept(new ChatEvent.RefusalDelta(0, delta));
      case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" -> {
        inReasoning = true;
        events.accept(new ChatEvent.ReasoningDelta(0, delta));
      }
      case "response.reasoning_summary_part.added" -> {
        if (inReasoning) {
          events.accept(new ChatEvent.ReasoningDelta(0, "\n\n"));
        }
      }
      case "response.function_call_arguments.delta" -> arguments(call(event), delta, events);
      case "response.function_call_arguments.done" -> {
        Call call = call(event);
        String whole = event.path("arguments").asText("");
        if (!call.anyArguments) {
          arguments(call, whole, events);
        }
      }
      case "response.output_item.added" -> begun(event, events);
      case "response.output_item.done" -> done(event.path("item"), events);
      default -> {}
    }
  }

  private void begun(JsonNode event, Consumer<ChatEvent> events) {
    JsonNode item = event.path("item");
    inReasoning = false;
    if (!item.path("type").asText("").equals("function_call")) {
      return;
    }
    if (calls.size() == MAX_CALLS) {
      throw new MalformedInput(0, "at most " + MAX_CALLS + " tool calls");
    }
    Call call = new Call(calls.size());
    calls.put(event.path("output_index").asInt(-1 - call.index), call);
    String id = item.path("call_id").asText(item.path("id").asText(""));
    String name = item.path("name").asText("");
    events.accept(new ChatEvent.ToolCallStarted(0, call.index, id, name));
    arguments(call, item.path("arguments").asText(""), events);
  }

  private void done(JsonNode item, Consumer<ChatEvent> events) {
    ResponseReader.drop(item, dropped, events);
    if (item.path("type").asText("").equals("reasoning")) {
      inReasoning = false;
      ResponseReader.state(item, destination)
          .ifPresent(state -> events.accept(new ChatEvent.ReasoningState(0, state)));
    }
  }

  private void arguments(Call call, String fragment, Consumer<ChatEvent> events) {
    if (!fragment.isEmpty()) {
      call.anyArguments = true;
      events.accept(new ChatEvent.ToolArgumentsDelta(0, call.index, fragment));
    }
  }

  private Call call(JsonNode event) {
    Call call = calls.get(event.path("output_index").asInt(-1));
    if (call == null) {
      throw new MalformedInput(0, "a call that has begun");
    }
    return call;
  }

  /** Reads the error of a stream that failed. Its events have other shapes than error bodies. */
  static ProviderProblem failure(byte[] data, int from, int to, Destination destination) {
    JsonNode event = StrictJson.tree(data, from, to);
    JsonNode reported = event.path("response").path("error");
    reported = reported.isObject() ? reported : event.path("error");
    boolean plain = !reported.isObject();
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    ObjectNode inside = error.putObject("error");
    (plain ? event : reported)
        .properties()
        .forEach(each -> inside.set(each.getKey(), each.getValue()));
    if (plain) {
      // The type "error" says nothing about the problem.
      inside.remove("type");
    }
    byte[] text = error.toString().getBytes(StandardCharsets.UTF_8);
    return ErrorReader.inside(destination, text, 0, text.length);
  }
}
