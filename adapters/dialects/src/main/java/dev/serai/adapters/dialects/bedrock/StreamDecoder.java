package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.claude.ClaudeStopReasons;
import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.stream.BlockOrder;
import dev.serai.adapters.dialects.stream.FramedReader;
import dev.serai.adapters.dialects.stream.Splitter;
import dev.serai.adapters.dialects.tool.OutputText;
import dev.serai.adapters.dialects.tool.ToolCallEmitter;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.RefusalDelta;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.dialect.Destination;
import dev.serai.core.request.ChatRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a ConverseStream response into core events.
 *
 * <p>Model: blocks are numbered over text, reasoning and tools together, tool calls are counted on
 * their own: {@link #calls} has them by the first number. Blocks are decoded one after the other,
 * in the order of their numbers: {@link BlockOrder} holds back an event that arrives before its
 * block's turn. The stop reason arrives before the usage and is held until the usage is there, so
 * that a stream that breaks in between has not finished; a message that stops without one has ended
 * its turn. Exceptions are messages of the stream, after a status of 200. For one stream; not
 * thread-safe.
 */
final class StreamDecoder extends FramedReader<EventStreamSplitter> {
  private static final long NO_INDEX = -1;
  private static final byte[] NO_MEMBERS = {'{', '}'};

  private final ChatRequest request;
  private final JsonCursor cursor = new JsonCursor();
  private final ResponseBlock block = new ResponseBlock(cursor);
  private final UsageReader usage = new UsageReader();
  private final ToolCallEmitter emitter = new ToolCallEmitter(0);
  private final Map<Long, ToolCallEmitter.Call> calls = new HashMap<>();
  private final StreamedReasoning reasoning;
  private final Sources sources;
  private final BlockOrder<Waiting> order = new BlockOrder<>();
  private byte[] data = {};
  private int dataStart;
  private int dataEnd;
  private @Nullable FinishReason finish;
  private final OutputText output;
  private boolean hasOutputTool;
  private boolean begun;
  private boolean responds;

  /** Whether the block of the moment has text. */
  private boolean hasText;

  StreamDecoder(ChatRequest request, Destination destination) {
    super(new EventStreamSplitter(), destination);
    this.request = request;
    this.sources = new Sources(request.detailSupport(), request.takesCitations());
    this.output = new OutputText(request);
    this.reasoning = new StreamedReasoning(destination);
  }

  @Override
  protected boolean isFinished() {
    return finish != null && !frames().hasRest();
  }

  @Override
  protected void truncated(Consumer<ChatEvent> sink) {
    if (finish == null || frames().hasRest()) {
      decodeWaiting(sink);
      output.release(sink);
      throw incomplete();
    }
    // The stream is complete without the usage that never arrived.
    finished(sink, finish);
  }

  /** The events of a stream. */
  private enum Kind {
    MESSAGE_START(MemberNames.MESSAGE_START),
    BLOCK_START(MemberNames.BLOCK_START),
    BLOCK_DELTA(MemberNames.BLOCK_DELTA),
    BLOCK_STOP(MemberNames.BLOCK_STOP),
    MESSAGE_STOP(MemberNames.MESSAGE_STOP),
    METADATA(MemberNames.METADATA);

    private static final List<Kind> ALL = List.of(values());

    private final byte[] type;

    Kind(byte[] type) {
      this.type = type;
    }

    boolean isOfBlock() {
      return this == BLOCK_START || this == BLOCK_DELTA || this == BLOCK_STOP;
    }
  }

  /** An event that waits for its block's turn. */
  private record Waiting(Kind kind, byte[] payload) {}

  @Override
  protected void frame(byte[] bytes, int from, int to, Consumer<ChatEvent> sink) {
    if (!frames().isEvent()) {
      throw ErrorReader.readMessage(frames(), destination());
    }
    for (Kind kind : Kind.ALL) {
      if (frames().typeIs(kind.type)) {
        boolean empty = Splitter.isEmpty(bytes, from, to);
        data = empty ? NO_MEMBERS : bytes;
        dataStart = empty ? 0 : from;
        dataEnd = empty ? NO_MEMBERS.length : to;
        // The type alone says that a block or the message stops; a delta of nothing says nothing.
        if (!empty || kind != Kind.BLOCK_DELTA) {
          event(kind, sink);
        }
        return;
      }
    }
  }

  private void event(Kind kind, Consumer<ChatEvent> sink) {
    if (kind.isOfBlock()) {
      long index = index();
      if (order.mustWait(index)) {
        byte[] payload = Arrays.copyOfRange(data, dataStart, dataEnd);
        order.add(index, new Waiting(kind, payload), payload.length);
        return;
      }
    }
    decode(kind, sink);
    decodeReady(sink);
  }

  private void decodeReady(Consumer<ChatEvent> sink) {
    for (var next = order.poll(); next.isPresent() && !isOver(); next = order.poll()) {
      data = next.get().payload();
      dataStart = 0;
      dataEnd = data.length;
      decode(next.get().kind(), sink);
    }
  }

  private void decodeWaiting(Consumer<ChatEvent> sink) {
    order.end();
    decodeReady(sink);
  }

  private void decode(Kind kind, Consumer<ChatEvent> sink) {
    ResponseMembers.READ_OF_EVENT.report(data, dataStart, dataEnd, name -> block.drop(name, sink));
    switch (kind) {
      case MESSAGE_START -> {
        begun = true;
        payload().skip();
        cursor.finish();
        sink.accept(new ChatEvent.Started("", destination().model(), 0));
      }
      case BLOCK_START -> start(sink);
      case BLOCK_DELTA -> content(takeBlock(MemberNames.DELTA, sink), sink);
      case BLOCK_STOP -> stop(sink);
      case MESSAGE_STOP -> messageStop(sink);
      case METADATA -> metadata(sink);
    }
  }

  private JsonCursor payload() {
    return cursor.over(data, dataStart, dataEnd);
  }

  /** The number of the event's block. */
  private long index() {
    long index = NO_INDEX;
    payload().enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.INDEX)) {
        index = cursor.count();
      } else {
        cursor.skip();
      }
    }
    return index;
  }

  /** Reads an event of a block, its start or a delta, and returns the block's index. */
  private long takeBlock(byte[] member, Consumer<ChatEvent> sink) {
    long index = NO_INDEX;
    boolean taken = false;
    payload().enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.INDEX)) {
        index = cursor.count();
      } else if (cursor.nameIs(member) && cursor.peek() == '{') {
        block.take(data, sink);
        taken = true;
      } else {
        cursor.skip();
      }
    }
    cursor.finish();
    if (!taken && member.length > 0) {
      throw new MalformedInput(dataStart, "the event's content");
    }
    return index;
  }

  private void start(Consumer<ChatEvent> sink) {
    long index = takeBlock(MemberNames.START, sink);
    reasoning.end(sink);
    if (!block.tool) {
      content(index, sink);
      return;
    }
    if (calls.containsKey(index)) {
      throw new MalformedInput(dataStart, "another block");
    }
    responds = true;
    calls.put(index, begin(sink));
  }

  /** Begins the call that was read last; the structured output is a call too, and becomes text. */
  private ToolCallEmitter.Call begin(Consumer<ChatEvent> sink) {
    String arguments = block.input.isEmpty() ? "{}" : block.input;
    if (block.name.equals(SchemaTool.TOOL)) {
      hasOutputTool = true;
      if (output.replace()) {
        block.drop(ResponseReader.TEXT, sink);
      }
      return emitter.beginText(arguments);
    }
    output.release(sink);
    return emitter.begin(new ToolCall(block.id, block.name, arguments), sink);
  }

  /** Emits the content of the event that was read last. */
  private void content(long index, Consumer<ChatEvent> sink) {
    if (!sources.add(block, data)) {
      block.drop(ResponseBlock.CITATIONS, sink);
    }
    if (block.text != null && !block.text.isEmpty()) {
      responds = true;
      hasText = true;
      emit(new ChatEvent.TextDelta(0, block.text), sink);
    }
    if (block.reasoning != null && !block.reasoning.isEmpty()) {
      responds = true;
      sink.accept(new ChatEvent.ReasoningDelta(0, block.reasoning));
    }
    responds |= block.signature != null || block.redacted != null;
    reasoning.add(block.signature, block.redacted);
    ToolCallEmitter.Call call = block.tool ? calls.get(index) : null;
    if (call != null) {
      call.add(block.input, sink);
    }
  }

  private void emit(ChatEvent text, Consumer<ChatEvent> sink) {
    if (!output.emit(text, sink) && text instanceof ChatEvent.TextDelta) {
      block.drop(ResponseReader.TEXT, sink);
    }
  }

  private void stop(Consumer<ChatEvent> sink) {
    long index = takeBlock(new byte[0], sink);
    reasoning.end(sink);
    cited(sink);
    ToolCallEmitter.Call call = calls.get(index);
    if (call != null) {
      call.complete(sink);
    }
    order.complete(index);
  }

  /** The block has ended: reports its sources, if it has any. */
  private void cited(Consumer<ChatEvent> sink) {
    sources.endBlock();
    TextDetails details = sources.take();
    if (!details.isEmpty()) {
      emit(new ChatEvent.TextDetailed(0, details), sink);
    }
    List<String> citations = sources.takeCitations();
    if (request.takesCitations() && (hasText || !citations.isEmpty())) {
      emit(new ChatEvent.TextCited(0, citations), sink);
    }
    hasText = false;
  }

  private void messageStop(Consumer<ChatEvent> sink) {
    String reason = "";
    Optional<String> stopSequence = Optional.empty();
    payload().enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.STOP_REASON) && cursor.peek() == '"') {
        reason = cursor.text();
      } else if (cursor.nameIs(MemberNames.MODEL_FIELDS)) {
        stopSequence = ModelResponseFields.stopSequence(cursor);
      } else {
        cursor.skip();
      }
    }
    cursor.finish();
    decodeWaiting(sink);
    reasoning.end(sink);
    cited(sink);
    output.release(sink);
    emitter.complete(sink);
    if (!responds && (reason.isEmpty() || !begun)) {
      throw ResponseReader.withoutContent(destination());
    }
    FinishReason reported =
        reason.isEmpty()
            ? ClaudeStopReasons.unspecified(emitter.size() > 0)
            : StopReasons.withStopSequence(ClaudeStopReasons.read(reason), stopSequence, request);
    finish =
        hasOutputTool && emitter.size() == 0 ? StopReasons.withoutOutputTool(reported) : reported;
    if (finish.kind() == FinishReason.Kind.REFUSAL) {
      sink.accept(new RefusalDelta(0, RefusalDelta.UNEXPLAINED));
    }
  }

  private void metadata(Consumer<ChatEvent> sink) {
    payload().enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.USAGE)) {
        usage.take(cursor);
      } else if (cursor.nameIs(MemberNames.SERVICE_TIER)) {
        usage.takeTier(cursor);
      } else {
        cursor.skip();
      }
    }
    cursor.finish();
    if (finish != null) {
      finished(sink, finish);
    }
  }

  private void finished(Consumer<ChatEvent> sink, FinishReason reason) {
    usage.usage().ifPresent(counted -> sink.accept(new ChatEvent.UsageReported(counted)));
    sink.accept(new ChatEvent.Finished(0, reason));
    finish(sink);
  }
}
