package dev.serai.adapters.dialects.gemini;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.stream.RelayingEventWriter;
import dev.serai.adapters.dialects.tool.ToolCallAssembler;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.Usage;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.GatewayProblem;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Writes a stream of {@code GenerateContentResponse}s, as events or as the elements of an array.
 * Arguments of calls are objects here and cannot be sent in pieces: calls are buffered until other
 * content follows or their choice is complete. Finish reasons and usage are sent last, together. A
 * failure is an element of its own and the last one.
 */
final class StreamWriter extends RelayingEventWriter {
  private static final byte[] DATA = ascii("data: ");
  private static final byte[] END_OF_EVENT = ascii("\r\n\r\n");
  private static final byte[] FIRST = ascii("[");
  private static final byte[] NEXT = ascii("\n,\r\n");
  private static final byte[] END_OF_ARRAY = ascii("]");

  private final boolean array;
  private final Map<Integer, ToolCallAssembler> calls = new HashMap<>(2);
  private final Map<Integer, FinishReason> finished = new TreeMap<>();
  private final BitSet texts = new BitSet();
  private final Map<Integer, StringBuilder> refusals = new HashMap<>(2);
  private String id = "";
  private String model = "";
  private Optional<Usage> usage = Optional.empty();
  private boolean begun;

  /**
   * @param array whether the caller wants an array instead of events
   */
  StreamWriter(boolean array) {
    this.array = array;
  }

  @Override
  protected byte[] failure(GatewayProblem problem) {
    return last(ErrorWriter.write(problem));
  }

  @Override
  protected byte[] afterRelay(ChatEvent event) {
    return array && event instanceof ChatEvent.Ended ? END_OF_ARRAY : NOTHING;
  }

  @Override
  protected byte[] translated(ChatEvent event) {
    return switch (event) {
      case ChatEvent.Started started -> {
        id = started.id();
        model = started.model();
        yield NOTHING;
      }
      case ChatEvent.TextDelta text -> {
        texts.set(text.choice());
        yield text(text.choice(), text.text(), false);
      }
      case ChatEvent.ReasoningDelta text -> text(text.choice(), text.text(), true);
      case ChatEvent.RefusalDelta delta -> refusal(delta);
      case ChatEvent.ReasoningState thought ->
          parts(thought.choice(), out -> ResponseParts.reasoning(out, "", thought.state()));
      case ChatEvent.ImageGenerated shown ->
          parts(shown.choice(), out -> ResponseParts.image(out, shown.image()));
      case ChatEvent.ToolCallStarted call -> {
        callsOf(call.choice()).begin(call);
        yield NOTHING;
      }
      case ChatEvent.ToolArgumentsDelta delta -> {
        callsOf(delta.choice()).add(delta);
        yield NOTHING;
      }
      case ChatEvent.Finished finish -> finish(finish.choice(), finish.reason());
      case ChatEvent.UsageReported reported -> {
        usage = Optional.of(reported.usage());
        yield NOTHING;
      }
      case ChatEvent.Ended _ -> end();
      case ChatEvent.TextDetailed _,
          ChatEvent.TextCited _,
          ChatEvent.Relayed _,
          ChatEvent.Dropped _,
          ChatEvent.Failed _ ->
          NOTHING;
    };
  }

  private ToolCallAssembler callsOf(int choice) {
    return calls.computeIfAbsent(choice, _ -> new ToolCallAssembler());
  }

  private byte[] text(int choice, String text, boolean thought) {
    return parts(choice, out -> ResponseParts.text(out, text, thought));
  }

  /** A refusal is text of the model, but beside text it is the message of the finish. */
  private byte[] refusal(ChatEvent.RefusalDelta delta) {
    int choice = delta.choice();
    refusals.computeIfAbsent(choice, _ -> new StringBuilder()).append(delta.text());
    return texts.get(choice) ? NOTHING : text(choice, delta.text(), false);
  }

  private byte[] finish(int choice, FinishReason reason) {
    boolean refused = refusals.containsKey(choice);
    finished.put(choice, FinishReasons.orRefused(reason, refused));
    List<ToolCall> made = callsOf(choice).take();
    boolean silent = reason.kind() == Kind.REFUSAL && !refused && !texts.get(choice);
    if (made.isEmpty()) {
      return silent ? text(choice, ChatEvent.RefusalDelta.UNEXPLAINED, false) : NOTHING;
    }
    return parts(choice, out -> made.forEach(call -> ResponseParts.call(out, call)));
  }

  private byte[] parts(int choice, Consumer<JsonWriter> parts) {
    ToolCallAssembler assembler = calls.get(choice);
    List<ToolCall> before = assembler == null ? List.of() : assembler.takeComplete();
    JsonWriter out = new JsonWriter(320).beginObject().name("candidates").beginArray();
    out.beginObject().name("content").beginObject().name("parts").beginArray();
    before.forEach(call -> ResponseParts.call(out, call));
    parts.accept(out);
    out.endArray().member("role", "model").endObject();
    out.member("index", choice).endObject().endArray();
    ResponseParts.head(out, id, model);
    return element(out.endObject().bytes());
  }

  private byte[] end() {
    JsonWriter out = new JsonWriter(320).beginObject().name("candidates").beginArray();
    finished.forEach(
        (choice, reason) -> {
          out.beginObject().name("content").beginObject().name("parts").beginArray();
          ResponseParts.text(out, "", false);
          out.endArray().member("role", "model").endObject();
          StringBuilder refusal = texts.get(choice) ? refusals.get(choice) : null;
          ResponseParts.finish(out, reason, refusal == null ? "" : refusal.toString());
          out.member("index", choice).endObject();
        });
    out.endArray();
    usage.ifPresent(counted -> ResponseParts.usage(out, counted));
    ResponseParts.head(out, id, model);
    return last(out.endObject().bytes());
  }

  private byte[] last(byte[] json) {
    byte[] last = element(json);
    return array ? new JsonWriter(last.length + 1).raw(last).raw(END_OF_ARRAY).bytes() : last;
  }

  private byte[] element(byte[] json) {
    byte[] before = array ? begun || isRelayed() ? NEXT : FIRST : DATA;
    JsonWriter out = new JsonWriter(json.length + 16).raw(before);
    begun = true;
    out.raw(json);
    return array ? out.bytes() : out.raw(END_OF_EVENT).bytes();
  }
}
