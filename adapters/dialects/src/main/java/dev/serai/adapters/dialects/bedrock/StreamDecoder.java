package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.stream.FramedReader;
import dev.serai.adapters.dialects.translation.ProviderProblems;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.GatewayProblem;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a ConverseStream response into core events.
 *
 * <p>Model: blocks are numbered over text, reasoning and tools together, tool calls are counted on
 * their own: {@link #calls} maps the first number to the second. The stop reason arrives before the
 * usage and is held until the usage is there, so that a stream that breaks in between has not
 * finished. Exceptions are messages of the stream, after a status of 200. For one stream; not
 * thread-safe.
 */
final class StreamDecoder extends FramedReader<EventStreamSplitter> {
  private static final int MAX_CALLS = 1024;
  private static final long NO_INDEX = -1;
  private static final String REFUSED = "The model refused to answer.";

  private final Destination destination;
  private final JsonCursor cursor = new JsonCursor();
  private final ResponseBlock block = new ResponseBlock(cursor);
  private final UsageReader usage = new UsageReader();
  private final Map<Long, Call> calls = new LinkedHashMap<>();
  private final StringBuilder signature = new StringBuilder();
  private final ByteArrayOutputStream redacted = new ByteArrayOutputStream(0);
  private @Nullable FinishReason finish;
  private int callCount;
  private boolean hasOutputTool;

  StreamDecoder(Destination destination) {
    super(new EventStreamSplitter());
    this.destination = destination;
  }

  @Override
  protected void truncated(Consumer<ChatEvent> sink) {
    if (finish == null || frames().hasRest()) {
      throw ProviderProblems.malformed(destination, "a stream that ended in the middle");
    }
    // The stream is complete without the usage that never arrived.
    finished(sink, finish);
  }

  @Override
  protected GatewayProblem malformed(MalformedInput where) {
    return ProviderProblems.malformed(destination, "an event that cannot be read");
  }

  @Override
  protected void frame(byte[] data, int from, int to, Consumer<ChatEvent> sink) {
    EventStreamSplitter frames = frames();
    if (!frames.isEvent()) {
      throw ErrorReader.readMessage(frames, destination);
    } else if (frames.typeIs(MemberNames.BLOCK_DELTA)) {
      delta(sink);
    } else if (frames.typeIs(MemberNames.BLOCK_START)) {
      start(sink);
    } else if (frames.typeIs(MemberNames.BLOCK_STOP)) {
      stop(sink);
    } else if (frames.typeIs(MemberNames.MESSAGE_START)) {
      payload().skip();
      cursor.finish();
      sink.accept(new ChatEvent.Started("", destination.model(), 0));
    } else if (frames.typeIs(MemberNames.MESSAGE_STOP)) {
      messageStop(sink);
    } else if (frames.typeIs(MemberNames.METADATA)) {
      metadata(sink);
    }
  }

  private JsonCursor payload() {
    return cursor.over(frames().data(), frames().dataStart(), frames().dataEnd());
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
        block.take(frames().data(), sink);
        taken = true;
      } else {
        cursor.skip();
      }
    }
    cursor.finish();
    if (!taken && member.length > 0) {
      throw new MalformedInput(frames().dataStart(), "the event's content");
    }
    return index;
  }

  private void start(Consumer<ChatEvent> sink) {
    long index = takeBlock(MemberNames.START, sink);
    if (!block.tool) {
      return;
    }
    if (calls.size() == MAX_CALLS || calls.containsKey(index)) {
      throw new MalformedInput(frames().dataStart(), "another block");
    }
    if (block.name.equals(StructuredOutput.TOOL)) {
      hasOutputTool = true;
      calls.put(index, new Call(NO_INDEX));
      return;
    }
    calls.put(index, new Call(callCount));
    sink.accept(new ChatEvent.ToolCallStarted(0, callCount, block.id, block.name));
    callCount++;
  }

  private void delta(Consumer<ChatEvent> sink) {
    long index = takeBlock(MemberNames.DELTA, sink);
    if (block.text != null && !block.text.isEmpty()) {
      sink.accept(new ChatEvent.TextDelta(0, block.text));
    }
    if (block.reasoning != null && !block.reasoning.isEmpty()) {
      sink.accept(new ChatEvent.ReasoningDelta(0, block.reasoning));
    }
    if (block.signature != null) {
      signature.append(block.signature);
    }
    if (block.redacted != null) {
      redacted.writeBytes(decoded(block.redacted));
    }
    if (signature.length() + redacted.size() > EventStreamSplitter.MAX_MESSAGE) {
      throw new MalformedInput(frames().dataStart(), "a shorter signature");
    }
    Call call = block.tool ? calls.get(index) : null;
    if (call != null) {
      call.add(block.input, sink);
    }
  }

  private byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new MalformedInput(frames().dataStart(), "base64");
    }
  }

  private void stop(Consumer<ChatEvent> sink) {
    long index = takeBlock(new byte[0], sink);
    endReasoning(sink);
    Call call = calls.get(index);
    if (call != null) {
      call.complete(sink);
    }
  }

  /** Reports the state of a block of reasoning that has ended. */
  private void endReasoning(Consumer<ChatEvent> sink) {
    if (redacted.size() > 0) {
      reportState(
          ReasoningSignatures.REDACTED,
          Base64.getEncoder().encodeToString(redacted.toByteArray()),
          sink);
      redacted.reset();
    }
    if (!signature.isEmpty()) {
      reportState(ReasoningSignatures.SIGNATURE, signature.toString(), sink);
      signature.setLength(0);
    }
  }

  private void reportState(String kind, String data, Consumer<ChatEvent> sink) {
    sink.accept(
        new ChatEvent.ReasoningState(0, ReasoningSignatures.state(destination, kind, data)));
  }

  private void messageStop(Consumer<ChatEvent> sink) {
    String reason = "";
    payload().enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.STOP_REASON) && cursor.peek() == '"') {
        reason = cursor.text();
      } else {
        cursor.skip();
      }
    }
    cursor.finish();
    if (reason.isEmpty()) {
      throw ProviderProblems.malformed(destination, "a response without a stop reason");
    }
    endReasoning(sink);
    calls.values().forEach(call -> call.complete(sink));
    FinishReason reported = StopReasons.read(reason);
    finish = hasOutputTool && callCount == 0 ? StopReasons.withoutOutputTool(reported) : reported;
    if (finish.kind() == FinishReason.Kind.REFUSAL) {
      sink.accept(new ChatEvent.RefusalDelta(0, REFUSED));
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

  /** A tool call whose arguments are arriving. */
  private static final class Call {
    private final long number;
    private boolean hasArguments;

    /**
     * @param number among the calls; NO_INDEX for the structured output, which becomes text
     */
    Call(long number) {
      this.number = number;
    }

    void add(String fragment, Consumer<ChatEvent> sink) {
      if (fragment.isEmpty()) {
        return;
      }
      hasArguments = true;
      sink.accept(
          number == NO_INDEX
              ? new ChatEvent.TextDelta(0, fragment)
              : new ChatEvent.ToolArgumentsDelta(0, (int) number, fragment));
    }

    void complete(Consumer<ChatEvent> sink) {
      if (!hasArguments) {
        add("{}", sink);
      }
    }
  }
}
