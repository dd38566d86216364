package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.openaiapi.ErrorWriter;
import dev.serai.adapters.dialects.stream.RelayingEventWriter;
import dev.serai.adapters.dialects.stream.ServerSentEvents;
import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.adapters.dialects.tool.ToolCallEmitter;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.chat.Usage;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.GatewayProblem;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes a stream as {@code chat.completion.chunk} events. Every choice begins with its role. The
 * usage comes in a chunk of its own, and only if the client asked for it. A failure is an error
 * event with nothing after it, not even {@code [DONE]}, so that no client takes it for the regular
 * end. For one stream; not thread-safe.
 */
final class StreamWriter extends RelayingEventWriter {
  private final boolean wantsUsage;
  private final ClientTools tools;
  private final boolean functions;
  private final NavigableMap<Integer, StringBuilder> inputs = new TreeMap<>();
  private final long nowSeconds;
  private final BitSet begun = new BitSet();
  private final BitSet refused = new BitSet();
  private final Map<Integer, StringBuilder> reasoning = new HashMap<>(2);
  private final Map<Integer, List<String>> logprobs = new HashMap<>(0);
  private final Map<Integer, ReasoningPlace> places = new HashMap<>(2);
  private final Map<Integer, Integer> blocks = new HashMap<>(2);
  private final Map<Integer, Integer> images = new HashMap<>(2);
  private ChatEvent.Started head = new ChatEvent.Started("", "", 0);
  private Optional<Usage> usage = Optional.empty();

  /**
   * @param nowSeconds used where the provider gave no time
   */
  StreamWriter(boolean wantsUsage, ClientTools tools, long nowSeconds) {
    this.wantsUsage = wantsUsage;
    this.tools = tools;
    this.functions = tools.areFunctions();
    this.nowSeconds = nowSeconds;
  }

  @Override
  protected byte[] translated(ChatEvent event) {
    return switch (event) {
      case ChatEvent.Started started -> {
        head =
            new ChatEvent.Started(
                ResponseParts.id(started.id()), started.model(), started.createdSeconds());
        yield NOTHING;
      }
      case ChatEvent.TextDelta text -> content(text);
      case ChatEvent.TextDetailed detailed -> details(detailed.choice(), detailed.details());
      case ChatEvent.TextCited _ -> NOTHING;
      case ChatEvent.ReasoningDelta text -> {
        reasoning.computeIfAbsent(text.choice(), _ -> new StringBuilder()).append(text.text());
        yield text(text.choice(), "reasoning_content", text.text());
      }
      case ChatEvent.ReasoningState state -> reasoningState(state);
      case ChatEvent.RefusalDelta text -> {
        refused.set(text.choice());
        yield text(text.choice(), "refusal", text.text());
      }
      case ChatEvent.ImageGenerated generated -> {
        advance(generated.choice(), 0, 1);
        JsonWriter out = beginDelta(generated.choice());
        int number = images.merge(generated.choice(), 1, Integer::sum) - 1;
        MessageImages.write(out, number, List.of(generated.image()));
        yield endDelta(out).bytes();
      }
      case ChatEvent.ToolCallStarted call when functions ->
          function(call.choice(), call.index(), "name", call.name());
      case ChatEvent.ToolCallStarted call -> toolCall(call);
      case ChatEvent.ToolArgumentsDelta arguments when functions ->
          function(arguments.choice(), arguments.index(), "arguments", arguments.fragment());
      case ChatEvent.ToolArgumentsDelta arguments -> arguments(arguments);
      case ChatEvent.Finished finished -> finish(finished);
      case ChatEvent.UsageReported reported -> {
        usage = Optional.of(reported.usage());
        yield NOTHING;
      }
      case ChatEvent.Ended _ -> end();
      case ChatEvent.Relayed _, ChatEvent.Dropped _, ChatEvent.Failed _ -> NOTHING;
    };
  }

  private byte[] text(int choice, String field, String text) {
    JsonWriter out = beginDelta(choice);
    out.member(field, text);
    return endDelta(out).bytes();
  }

  private byte[] content(ChatEvent.TextDelta text) {
    if (!text.text().isEmpty()) {
      advance(text.choice(), text.text().length(), 0);
    }
    JsonWriter out = beginDelta(text.choice());
    out.member("content", text.text());
    return endDelta(out, logprobs(text.choice())).bytes();
  }

  /** Annotations have a delta of their own; log probabilities are written with their text. */
  private byte[] details(int choice, TextDetails details) {
    if (!details.logprobs().isEmpty()) {
      logprobs.computeIfAbsent(choice, _ -> new ArrayList<>()).addAll(details.logprobs());
    }
    if (details.annotations().isEmpty()) {
      return NOTHING;
    }
    JsonWriter out = beginDelta(choice);
    TextDetailsCodec.annotations(out, details);
    return endDelta(out).bytes();
  }

  /** The log probabilities that have not been written. */
  private List<String> logprobs(int choice) {
    List<String> tokens = logprobs.remove(choice);
    return tokens == null ? List.of() : tokens;
  }

  /** Writes a whole block of reasoning, since clients concatenate the details of a stream. */
  private byte[] reasoningState(ChatEvent.ReasoningState block) {
    StringBuilder text = reasoning.remove(block.choice());
    JsonWriter out = beginDelta(block.choice());
    out.name(ReasoningDetails.NAME).beginArray();
    int index = blocks.merge(block.choice(), 1, Integer::sum) - 1;
    ReasoningDetails.write(
        out,
        index,
        new ReasoningPart(text == null ? "" : text.toString(), Optional.of(block.state())),
        places.getOrDefault(block.choice(), ReasoningPlace.BEGINNING));
    out.endArray();
    return endDelta(out).bytes();
  }

  /** Content follows: a state behind it is not that of the reasoning before it. */
  private void advance(int choice, int text, int others) {
    reasoning.remove(choice);
    places.merge(choice, new ReasoningPlace(text, others), ReasoningPlace::plus);
  }

  private byte[] toolCall(ChatEvent.ToolCallStarted call) {
    advance(call.choice(), 0, 1);
    boolean custom = tools.isCustom(call.name());
    if (custom) {
      inputs.put(number(call.choice(), call.index()), new StringBuilder());
    }
    String type = custom ? "custom" : "function";
    JsonWriter out = beginDelta(call.choice());
    out.name("tool_calls").beginArray().beginObject();
    out.member("index", call.index());
    out.member("id", OpaqueStateCodec.callId(call.id(), call.state())).member("type", type);
    out.name(type).beginObject();
    out.member("name", call.name()).member(custom ? "input" : "arguments", "").endObject();
    out.endObject().endArray();
    return endDelta(out).bytes();
  }

  /** The number of a call among those of all choices. */
  private static int number(int choice, int index) {
    return choice * ToolCallEmitter.MAX_CALLS + index;
  }

  private byte[] arguments(ChatEvent.ToolArgumentsDelta delta) {
    int number = number(delta.choice(), delta.index());
    if (inputs.containsKey(number)) {
      inputs.get(number).append(delta.fragment());
      return NOTHING;
    }
    JsonWriter out = beginDelta(delta.choice());
    out.name("tool_calls").beginArray().beginObject().member("index", delta.index());
    out.name("function").beginObject().member("arguments", delta.fragment()).endObject();
    out.endObject().endArray();
    return endDelta(out).bytes();
  }

  /** Writes the inputs of a choice's custom tools, which are inside the JSON of the arguments. */
  private void inputs(JsonWriter out, int choice) {
    inputs
        .subMap(number(choice, 0), number(choice + 1, 0))
        .forEach(
            (number, arguments) -> {
              begin(out, choice).name("tool_calls").beginArray().beginObject();
              out.member("index", number % ToolCallEmitter.MAX_CALLS).name("custom").beginObject();
              out.member("input", ToolArguments.text(arguments.toString())).endObject();
              endDelta(out.endObject().endArray());
            });
  }

  /** Writes the older form, which has room for one call: parallel ones are not asked for. */
  private byte[] function(int choice, int index, String member, String text) {
    if (index > 0) {
      return NOTHING;
    }
    JsonWriter out = beginDelta(choice);
    out.name("function_call").beginObject().member(member, text);
    if (member.equals("name")) {
      out.member("arguments", "");
    }
    return endDelta(out.endObject()).bytes();
  }

  private byte[] finish(ChatEvent.Finished finished) {
    int choice = finished.choice();
    JsonWriter out = new JsonWriter(512);
    if (finished.reason().kind() == Kind.REFUSAL && !refused.get(choice)) {
      out.raw(text(choice, "refusal", ChatEvent.RefusalDelta.UNEXPLAINED));
    }
    inputs(out, choice);
    begin(out, choice);
    TextDetailsCodec.logprobs(out.endObject(), logprobs(choice));
    FinishReasons.write(out, finished.reason(), functions);
    return endChoice(out).bytes();
  }

  private byte[] end() {
    JsonWriter out = new JsonWriter(512);
    if (wantsUsage && usage.isPresent()) {
      beginChunk(out).endArray();
      ResponseParts.usage(out, usage.get());
      ServerSentEvents.end(out.endObject());
    }
    return out.raw(ServerSentEvents.done()).bytes();
  }

  @Override
  protected byte[] failure(GatewayProblem problem) {
    return ServerSentEvents.end(
            ServerSentEvents.begin(new JsonWriter(256)).json(ErrorWriter.write(problem)))
        .bytes();
  }

  private JsonWriter beginDelta(int choice) {
    return begin(new JsonWriter(320), choice);
  }

  /** Begins a chunk up to and into its delta; a choice's first chunk is preceded by its role. */
  private JsonWriter begin(JsonWriter out, int choice) {
    if (!begun.get(choice)) {
      begun.set(choice);
      begin(out, choice);
      out.member("role", "assistant").member("content", "");
      endDelta(out);
    }
    beginChunk(out).beginObject().member("index", choice);
    return out.name("delta").beginObject();
  }

  private JsonWriter endDelta(JsonWriter out) {
    return endDelta(out, List.of());
  }

  private JsonWriter endDelta(JsonWriter out, List<String> logprobs) {
    TextDetailsCodec.logprobs(out.endObject(), logprobs);
    return endChoice(out.name("finish_reason").nullValue());
  }

  private JsonWriter endChoice(JsonWriter out) {
    out.endObject().endArray();
    if (wantsUsage) {
      out.name("usage").nullValue();
    }
    return ServerSentEvents.end(out.endObject());
  }

  private JsonWriter beginChunk(JsonWriter out) {
    if (head.id().isEmpty()) {
      head = new ChatEvent.Started(ResponseParts.id(""), head.model(), head.createdSeconds());
    }
    ServerSentEvents.begin(out).beginObject().member("id", head.id());
    out.member("object", "chat.completion.chunk");
    out.member("created", head.createdSeconds() != 0 ? head.createdSeconds() : nowSeconds);
    return out.member("model", head.model()).name("choices").beginArray();
  }
}
