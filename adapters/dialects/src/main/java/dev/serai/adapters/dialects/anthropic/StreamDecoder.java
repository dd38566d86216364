package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.claude.ClaudeStopReasons;
import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.stream.BlockOrder;
import dev.serai.adapters.dialects.stream.FramedReader;
import dev.serai.adapters.dialects.stream.ServerSentEvents;
import dev.serai.adapters.dialects.stream.SseSplitter;
import dev.serai.adapters.dialects.tool.OutputText;
import dev.serai.adapters.dialects.tool.ToolCallEmitter;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.dialect.Destination;
import dev.serai.core.request.ChatRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a streamed message into core events.
 *
 * <p>Model: the type inside an event's data identifies the event; the {@code event:} line, which
 * some proxies remove, is ignored. Blocks are numbered over text, thinking and tools together, tool
 * calls are counted on their own: {@link #calls} has them by the first number. Blocks are decoded
 * one after the other, in the order of their numbers: {@link BlockOrder} holds back an event that
 * arrives before its block's turn. Pings are skipped; citations and blocks of unknown types are
 * reported as dropped. The stop reason is held until the message stops; a message with content that
 * stops without one has ended its turn. For one stream; not thread-safe.
 */
final class StreamDecoder extends FramedReader<SseSplitter> {

  private final FrameScanner event = new FrameScanner();
  private final UsageReader usage = new UsageReader();
  private final ToolCallEmitter emitter = new ToolCallEmitter(0);
  private final Map<Long, ToolCallEmitter.Call> calls = new HashMap<>();
  private final DroppedFields dropped = new DroppedFields();
  private final Sources sources;
  private final OutputText output;
  private final StringBuilder signature = new StringBuilder();
  private final BlockOrder<byte[]> order = new BlockOrder<>();
  private @Nullable FinishReason finish;
  private boolean responds;

  StreamDecoder(ChatRequest request, Destination destination) {
    super(new SseSplitter(), destination);
    this.sources = new Sources(request.detailSupport());
    this.output = new OutputText(request);
  }

  @Override
  protected boolean isFinished() {
    return finish != null;
  }

  @Override
  protected void truncated(Consumer<ChatEvent> sink) {
    if (finish != null) {
      messageStop(sink);
      return;
    }
    decodeWaiting(sink);
    output.release(sink);
    throw incomplete();
  }

  @Override
  protected void frame(byte[] data, int from, int to, Consumer<ChatEvent> sink) {
    if (ServerSentEvents.isDone(data, from, to)) {
      messageStop(sink);
      return;
    }
    event.locate(data, from, to);
    if (event.isOfBlock() && order.mustWait(event.index())) {
      order.add(event.index(), Arrays.copyOfRange(data, from, to), to - from);
      return;
    }
    decode(sink);
    decodeReady(sink);
  }

  /** Decodes the events whose turn has come. */
  private void decodeReady(Consumer<ChatEvent> sink) {
    for (Optional<byte[]> next = order.poll(); next.isPresent() && !isOver(); next = order.poll()) {
      event.locate(next.get(), 0, next.get().length);
      decode(sink);
    }
  }

  private void decodeWaiting(Consumer<ChatEvent> sink) {
    order.end();
    decodeReady(sink);
  }

  private void decode(Consumer<ChatEvent> sink) {
    if (event.typeIs(FrameScanner.BLOCK_DELTA)) {
      blockDelta(sink);
    } else if (event.typeIs(FrameScanner.BLOCK_START)) {
      event.report(ResponseMembers.READ_OF_EVENT, name -> dropped.add(name, sink));
      blockStart(sink);
    } else if (event.typeIs(FrameScanner.BLOCK_STOP)) {
      blockStop(sink);
    } else if (event.typeIs(FrameScanner.MESSAGE_START)) {
      event.report(ResponseMembers.READ_OF_EVENT, name -> dropped.add(name, sink));
      messageStart(sink);
    } else if (event.typeIs(FrameScanner.MESSAGE_DELTA)) {
      event.report(ResponseMembers.READ_OF_EVENT, name -> dropped.add(name, sink));
      messageDelta(sink);
    } else if (event.typeIs(FrameScanner.MESSAGE_STOP)) {
      messageStop(sink);
    } else if (event.typeIs(MemberNames.MESSAGE)) {
      event.report(ResponseMembers.READ, name -> dropped.add(name, sink));
      whole(sink);
    } else if (event.typeIs(MemberNames.ERROR)) {
      throw ErrorReader.readObject(event.body(), destination());
    }
  }

  private void blockDelta(Consumer<ChatEvent> sink) {
    JsonCursor delta = event.body();
    delta.enterObject();
    while (delta.nextMember()) {
      if (delta.peek() != '"') {
        other(delta, sink);
      } else if (delta.nameIs(MemberNames.TEXT)) {
        text(delta.text(), sink);
      } else if (delta.nameIs(MemberNames.PARTIAL_JSON)) {
        ToolCallEmitter.Call call = calls.get(event.index());
        String fragment = delta.text();
        if (call != null) {
          call.add(fragment, sink);
        }
      } else if (delta.nameIs(MemberNames.THINKING)) {
        thinking(delta.text(), sink);
      } else if (delta.nameIs(MemberNames.SIGNATURE)) {
        signature.append(delta.text());
      } else {
        other(delta, sink);
      }
    }
  }

  /** Reads a citation, or reports a member that is not read. */
  private void other(JsonCursor delta, Consumer<ChatEvent> sink) {
    boolean cited = delta.nameIs(MemberNames.CITATION);
    boolean says = delta.peek() != 'n' && !delta.nameIs(MemberNames.TYPE);
    if (says) {
      dropped.add(cited ? "content.citations" : "content." + delta.name(), sink);
    }
    int from = delta.offset();
    delta.skip();
    if (cited && says) {
      sources.addCited(event.data(), from, delta.offset());
    }
  }

  private void text(String text, Consumer<ChatEvent> sink) {
    if (!text.isEmpty()) {
      responds = true;
      sources.addText(text);
      emit(new ChatEvent.TextDelta(0, text), sink);
    }
  }

  private void emit(ChatEvent text, Consumer<ChatEvent> sink) {
    if (!output.emit(text, sink) && text instanceof ChatEvent.TextDelta) {
      dropped.add(ResponseReader.TEXT, sink);
    }
  }

  private void thinking(String text, Consumer<ChatEvent> sink) {
    if (!text.isEmpty()) {
      responds = true;
      sink.accept(new ChatEvent.ReasoningDelta(0, text));
    }
  }

  private void blockStart(Consumer<ChatEvent> sink) {
    block(event.index(), ResponseBlock.read(event.body(), event.data()), sink);
  }

  private void block(long index, ResponseBlock block, Consumer<ChatEvent> sink) {
    endThinking(sink);
    switch (block.type()) {
      case "text" -> {
        text(block.text(), sink);
        sources.addCited(event.data(), block.citedFrom(), block.citedTo());
      }
      case "thinking" -> {
        signature.append(block.signature());
        thinking(block.text(), sink);
      }
      case "redacted_thinking" ->
          reasoningEnded(ReasoningSignatures.REDACTED, block.signature(), sink);
      case "tool_use" -> {
        if (calls.containsKey(index)) {
          throw event.missing("another block");
        }
        responds = true;
        calls.put(index, begin(block, sink));
      }
      // The provider's own tools, their results, and blocks of unknown types are reported.
      default -> responds = true;
    }
  }

  /** Begins a call; the structured output is a call too, and becomes text. */
  private ToolCallEmitter.Call begin(ResponseBlock block, Consumer<ChatEvent> sink) {
    if (!block.name().equals(OutputTool.TOOL)) {
      output.release(sink);
      return emitter.begin(new ToolCall(block.id(), block.name(), block.input()), sink);
    }
    if (output.replace()) {
      dropped.add(ResponseReader.TEXT, sink);
    }
    return emitter.beginText(block.input());
  }

  private void blockStop(Consumer<ChatEvent> sink) {
    completeBlock(event.index(), sink);
    order.complete(event.index());
  }

  private void completeBlock(long index, Consumer<ChatEvent> sink) {
    sources.endBlock();
    TextDetails details = sources.take();
    if (!details.isEmpty()) {
      emit(new ChatEvent.TextDetailed(0, details), sink);
    }
    ToolCallEmitter.Call call = calls.get(index);
    if (call != null) {
      call.complete(sink);
    }
    endThinking(sink);
  }

  private void endThinking(Consumer<ChatEvent> sink) {
    if (!signature.isEmpty()) {
      reasoningEnded(ReasoningSignatures.SIGNATURE, signature.toString(), sink);
      signature.setLength(0);
    }
  }

  private void reasoningEnded(String kind, String data, Consumer<ChatEvent> sink) {
    responds = true;
    sink.accept(
        new ChatEvent.ReasoningState(
            0, ReasoningSignatures.state(destination().provider().name(), kind, data)));
  }

  private void messageStart(Consumer<ChatEvent> sink) {
    String id = "";
    String model = destination().model();
    int content = -1;
    JsonCursor message = event.body();
    message.enterObject();
    while (message.nextMember()) {
      if (message.nameIs(MemberNames.ID) && message.peek() == '"') {
        id = message.text();
      } else if (message.nameIs(MemberNames.MODEL) && message.peek() == '"') {
        model = message.text();
      } else if (message.nameIs(MemberNames.USAGE)) {
        usage.take(message);
      } else if (message.nameIs(MemberNames.CONTENT) && message.peek() == '[') {
        content = message.offset();
        message.skip();
      } else {
        message.skip();
      }
    }
    sink.accept(new ChatEvent.Started(id, model, 0));
    reportUsage(sink);
    if (content >= 0) {
      blocks(event.data(), content, message.offset(), sink);
    }
  }

  /** Emits blocks that are complete, as the start of a message has them in some streams. */
  private void blocks(byte[] data, int from, int to, Consumer<ChatEvent> sink) {
    JsonCursor content = new JsonCursor().over(data, from, to);
    content.enterArray();
    for (long index = 0; content.nextElement(); index++) {
      block(index, ResponseBlock.read(content, data), sink);
      completeBlock(index, sink);
      order.complete(index);
    }
  }

  /** The event is a whole message, as servers send it that do not stream. */
  private void whole(Consumer<ChatEvent> sink) {
    event.asBody();
    messageStart(sink);
    event.asBody();
    messageDelta(sink);
    messageStop(sink);
  }

  private void reportUsage(Consumer<ChatEvent> sink) {
    usage.usage().ifPresent(counted -> sink.accept(new ChatEvent.UsageReported(counted)));
  }

  private void messageDelta(Consumer<ChatEvent> sink) {
    String reason = "";
    String explanation = "";
    JsonCursor delta = event.body();
    delta.enterObject();
    while (delta.nextMember()) {
      if (delta.nameIs(MemberNames.STOP_REASON) && delta.peek() == '"') {
        reason = delta.text();
      } else if (delta.nameIs(MemberNames.STOP_DETAILS) && delta.peek() == '{') {
        explanation = ResponseReader.readExplanation(delta);
      } else {
        delta.skip();
      }
    }
    if (event.hasUsage()) {
      usage.take(event.usage());
      reportUsage(sink);
    }
    if (!reason.isEmpty()) {
      finish = ClaudeStopReasons.read(reason);
      if (finish.kind() == FinishReason.Kind.REFUSAL) {
        sink.accept(
            new ChatEvent.RefusalDelta(0, ResponseReader.refusal(explanation, Optional.empty())));
      }
    }
  }

  private void messageStop(Consumer<ChatEvent> sink) {
    decodeWaiting(sink);
    endThinking(sink);
    output.release(sink);
    emitter.complete(sink);
    if (finish == null && !responds) {
      throw ResponseReader.withoutContent(destination());
    }
    FinishReason reason =
        finish != null ? finish : ClaudeStopReasons.unspecified(emitter.size() > 0);
    sink.accept(new ChatEvent.Finished(0, OutputTool.finish(reason, emitter.size())));
    finish(sink);
  }
}
