package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.translation.ProviderProblems;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.StreamReader;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a streamed answer of ConverseStream. Blocks are numbered over text, thoughts and tools
 * together, calls are counted on their own: {@link #calls} leads from one to the other. The stop
 * reason comes before the count of tokens and is held until that is there: a stream that breaks in
 * between has not finished. Exceptions come as messages of the stream, after a status of 200.
 */
final class StreamDecoder implements StreamReader {
  private static final int MOST_CALLS = 1024;
  private static final long NOWHERE = -1;
  private static final String REFUSED = "The model refused to answer.";

  private final Destination destination;
  private final EventStreamSplitter frames = new EventStreamSplitter();
  private final JsonCursor cursor = new JsonCursor();
  private final ResponseBlock block = new ResponseBlock(cursor);
  private final UsageReader usage = new UsageReader();
  private final Map<Long, Call> calls = new LinkedHashMap<>();
  private final StringBuilder signature = new StringBuilder();
  private final ByteArrayOutputStream redacted = new ByteArrayOutputStream(0);
  private @Nullable FinishReason finish;
  private int called;
  private boolean formed;
  private boolean over;

  StreamDecoder(Destination destination) {
    this.destination = destination;
  }

  @Override
  public void read(byte[] piece, Consumer<ChatEvent> sink) {
    if (over) {
      return;
    }
    frames.take(piece);
    try {
      while (!over && frames.next()) {
        message(sink);
      }
    } catch (MalformedInput e) {
      fail(sink, "an event that cannot be read");
    }
  }

  @Override
  public void end(Consumer<ChatEvent> sink) {
    if (over) {
      return;
    }
    if (finish == null || frames.hasRest()) {
      fail(sink, "a stream that ended in the middle");
    } else {
      // The count of tokens never came: the answer is whole without it.
      finish(sink, finish);
    }
  }

  private void fail(Consumer<ChatEvent> sink, String what) {
    over = true;
    sink.accept(new ChatEvent.Failed(ProviderProblems.garbled(destination, what)));
  }

  private void message(Consumer<ChatEvent> sink) {
    if (!frames.isEvent()) {
      over = true;
      ErrorReader failure =
          frames.errorMessage().isEmpty()
              ? ErrorReader.inStream(
                  frames.type(), frames.data(), frames.payloadStart(), frames.payloadEnd())
              : new ErrorReader(frames.type(), frames.errorMessage());
      sink.accept(new ChatEvent.Failed(failure.problem(destination)));
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
    return cursor.over(frames.data(), frames.payloadStart(), frames.payloadEnd());
  }

  /** Takes an event with a block, its start or a piece of it; gives its index. */
  private long takeBlock(byte[] member, Consumer<ChatEvent> sink) {
    long index = NOWHERE;
    boolean taken = false;
    payload().enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.INDEX)) {
        index = cursor.count();
      } else if (cursor.nameIs(member) && cursor.peek() == '{') {
        block.take(frames.data(), sink);
        taken = true;
      } else {
        cursor.skip();
      }
    }
    cursor.finish();
    if (!taken && member.length > 0) {
      throw new MalformedInput(frames.payloadStart(), "the event's content");
    }
    return index;
  }

  private void start(Consumer<ChatEvent> sink) {
    long index = takeBlock(MemberNames.START, sink);
    if (!block.tool) {
      return;
    }
    if (calls.size() == MOST_CALLS || calls.containsKey(index)) {
      throw new MalformedInput(frames.payloadStart(), "another block");
    }
    if (block.name.equals(StructuredOutput.TOOL)) {
      formed = true;
      calls.put(index, new Call(NOWHERE));
      return;
    }
    calls.put(index, new Call(called));
    sink.accept(new ChatEvent.ToolCallStarted(0, called, block.id, block.name));
    called++;
  }

  private void delta(Consumer<ChatEvent> sink) {
    long index = takeBlock(MemberNames.DELTA, sink);
    if (block.text != null && !block.text.isEmpty()) {
      sink.accept(new ChatEvent.TextDelta(0, block.text));
    }
    if (block.thought != null && !block.thought.isEmpty()) {
      sink.accept(new ChatEvent.ReasoningDelta(0, block.thought));
    }
    if (block.signature != null) {
      signature.append(block.signature);
    }
    if (block.redacted != null) {
      redacted.writeBytes(decoded(block.redacted));
    }
    if (signature.length() + redacted.size() > EventStreamSplitter.FRAME_LIMIT) {
      throw new MalformedInput(frames.payloadStart(), "less to be kept");
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
      throw new MalformedInput(frames.payloadStart(), "base64");
    }
  }

  private void stop(Consumer<ChatEvent> sink) {
    long index = takeBlock(new byte[0], sink);
    tellState(sink);
    Call call = calls.get(index);
    if (call != null) {
      call.complete(sink);
    }
  }

  /** A block of thoughts is over: what came with it for the way back is told in one. */
  private void tellState(Consumer<ChatEvent> sink) {
    if (redacted.size() > 0) {
      tell(
          ReasoningSignatures.REDACTED,
          Base64.getEncoder().encodeToString(redacted.toByteArray()),
          sink);
      redacted.reset();
    }
    if (!signature.isEmpty()) {
      tell(ReasoningSignatures.SIGNATURE, signature.toString(), sink);
      signature.setLength(0);
    }
  }

  private void tell(String kind, String data, Consumer<ChatEvent> sink) {
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
      fail(sink, "an answer without a stop reason");
      return;
    }
    tellState(sink);
    calls.values().forEach(call -> call.complete(sink));
    FinishReason said = StopReasons.read(reason);
    finish = formed && called == 0 ? StopReasons.ofForm(said) : said;
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
      finish(sink, finish);
    }
  }

  private void finish(Consumer<ChatEvent> sink, FinishReason reason) {
    over = true;
    usage.usage().ifPresent(counted -> sink.accept(new ChatEvent.UsageReported(counted)));
    sink.accept(new ChatEvent.Finished(0, reason));
    sink.accept(new ChatEvent.Ended());
  }

  /** A call whose arguments arrive. */
  private static final class Call {
    private final long number;
    private boolean told;

    /**
     * @param number among the calls; NOWHERE for the form of the answer, which is told as text
     */
    Call(long number) {
      this.number = number;
    }

    void add(String fragment, Consumer<ChatEvent> sink) {
      if (fragment.isEmpty()) {
        return;
      }
      told = true;
      sink.accept(
          number == NOWHERE
              ? new ChatEvent.TextDelta(0, fragment)
              : new ChatEvent.ToolArgumentsDelta(0, (int) number, fragment));
    }

    void complete(Consumer<ChatEvent> sink) {
      if (!told) {
        add("{}", sink);
      }
    }
  }
}
