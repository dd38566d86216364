package dev.serai.adapters.anthropic;

import static dev.serai.adapters.json.JsonOut.ascii;

import dev.serai.adapters.json.JsonCursor;
import dev.serai.adapters.json.MalformedInput;
import dev.serai.adapters.json.SseSplitter;
import dev.serai.adapters.translation.Failures;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.port.Dialect.StreamReader;
import dev.serai.core.port.Dialect.Target;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a streamed message. The type inside an event's data says what it is; the {@code event:}
 * line, which some proxies lose, is not looked at. Blocks are numbered over text, thinking and
 * tools together, calls are counted on their own: {@link #calls} leads from one to the other.
 * Signatures, citations, pings and blocks nobody knows are passed over. The stop reason is held
 * until the message stops: a stream that breaks in between has not finished.
 */
final class MessageStream implements StreamReader {
  private static final byte[] BLOCK_DELTA = ascii("content_block_delta");
  private static final byte[] BLOCK_START = ascii("content_block_start");
  private static final byte[] BLOCK_STOP = ascii("content_block_stop");
  private static final byte[] MESSAGE_START = ascii("message_start");
  private static final byte[] MESSAGE_DELTA = ascii("message_delta");
  private static final byte[] MESSAGE_STOP = ascii("message_stop");
  private static final int MOST_CALLS = 1024;
  private static final int NOWHERE = -1;

  private final Target target;
  private final SseSplitter events = new SseSplitter();
  private final JsonCursor cursor = new JsonCursor();
  private final UsageTally usage = new UsageTally();
  private final Map<Long, Call> calls = new LinkedHashMap<>();
  private @Nullable FinishReason finish;
  private boolean over;

  // Where the members of the event at hand are.
  private byte[] data = {};
  private int end;
  private int typeFrom;
  private int typeTo;
  private int bodyAt;
  private int usageAt;
  private long index;

  MessageStream(Target target) {
    this.target = target;
  }

  @Override
  public void read(byte[] piece, Consumer<ChatEvent> sink) {
    if (over) {
      return;
    }
    events.take(piece);
    drain(sink);
  }

  @Override
  public void end(Consumer<ChatEvent> sink) {
    if (over) {
      return;
    }
    events.finish();
    drain(sink);
    if (!over) {
      fail(sink, "a stream that ended in the middle");
    }
  }

  private void drain(Consumer<ChatEvent> sink) {
    try {
      while (!over && events.next()) {
        if (events.hasData()) {
          locate();
          event(sink);
        }
      }
    } catch (MalformedInput e) {
      fail(sink, "an event that cannot be read");
    }
  }

  private void fail(Consumer<ChatEvent> sink, String what) {
    over = true;
    sink.accept(new ChatEvent.Failed(Failures.garbled(target, what)));
  }

  /** Finds the members in one walk: nothing says that the type comes first. */
  private void locate() {
    data = events.data();
    end = events.dataEnd();
    typeFrom = typeTo = 0;
    bodyAt = usageAt = NOWHERE;
    index = NOWHERE;
    cursor.over(data, events.dataStart(), end).enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(Words.TYPE)) {
        typeFrom = cursor.offset() + 1;
        cursor.string();
        typeTo = cursor.offset() - 1;
      } else if (cursor.nameIs(Words.INDEX)) {
        index = cursor.count();
      } else {
        if (cursor.nameIs(Words.DELTA)
            || cursor.nameIs(Words.CONTENT_BLOCK)
            || cursor.nameIs(Words.MESSAGE)
            || cursor.nameIs(Words.ERROR)) {
          bodyAt = cursor.offset();
        } else if (cursor.nameIs(Words.USAGE)) {
          usageAt = cursor.offset();
        }
        cursor.skip();
      }
    }
    cursor.finish();
  }

  private boolean typeIs(byte[] type) {
    return Arrays.equals(data, typeFrom, typeTo, type, 0, type.length);
  }

  private JsonCursor body() {
    if (bodyAt == NOWHERE) {
      throw new MalformedInput(end, "the event's content");
    }
    return cursor.over(data, bodyAt, end);
  }

  private void event(Consumer<ChatEvent> sink) {
    if (typeIs(BLOCK_DELTA)) {
      blockDelta(sink);
    } else if (typeIs(BLOCK_START)) {
      blockStart(sink);
    } else if (typeIs(BLOCK_STOP)) {
      Call call = calls.get(index);
      if (call != null) {
        call.complete(sink);
      }
    } else if (typeIs(MESSAGE_START)) {
      messageStart(sink);
    } else if (typeIs(MESSAGE_DELTA)) {
      messageDelta(sink);
    } else if (typeIs(MESSAGE_STOP)) {
      messageStop(sink);
    } else if (typeIs(Words.ERROR)) {
      over = true;
      sink.accept(new ChatEvent.Failed(ProviderError.take(body()).problem(target)));
    }
  }

  private void blockDelta(Consumer<ChatEvent> sink) {
    JsonCursor delta = body();
    delta.enterObject();
    while (delta.nextMember()) {
      if (delta.peek() != '"') {
        delta.skip();
      } else if (delta.nameIs(Words.TEXT)) {
        text(delta.text(), sink);
      } else if (delta.nameIs(Words.PARTIAL_JSON)) {
        Call call = calls.get(index);
        String fragment = delta.text();
        if (call != null) {
          call.add(fragment, sink);
        }
      } else if (delta.nameIs(Words.THINKING)) {
        thinking(delta.text(), sink);
      } else {
        delta.skip();
      }
    }
  }

  private static void text(String text, Consumer<ChatEvent> sink) {
    if (!text.isEmpty()) {
      sink.accept(new ChatEvent.TextDelta(0, text));
    }
  }

  private static void thinking(String text, Consumer<ChatEvent> sink) {
    if (!text.isEmpty()) {
      sink.accept(new ChatEvent.ReasoningDelta(0, text));
    }
  }

  private void blockStart(Consumer<ChatEvent> sink) {
    MessageReader.Block block = MessageReader.Block.take(body(), data);
    switch (block.type()) {
      case "text" -> text(block.text(), sink);
      case "thinking" -> thinking(block.text(), sink);
      case "tool_use" -> {
        if (calls.size() == MOST_CALLS || calls.containsKey(index)) {
          throw new MalformedInput(end, "another block");
        }
        Call call = new Call(calls.size(), block.input());
        calls.put(index, call);
        sink.accept(new ChatEvent.ToolCallStarted(0, call.number, block.id(), block.name()));
      }
      default -> {
        // A block that says nothing to a caller.
      }
    }
  }

  private void messageStart(Consumer<ChatEvent> sink) {
    String id = "";
    String model = target.model();
    JsonCursor message = body();
    message.enterObject();
    while (message.nextMember()) {
      if (message.nameIs(Words.ID) && message.peek() == '"') {
        id = message.text();
      } else if (message.nameIs(Words.MODEL) && message.peek() == '"') {
        model = message.text();
      } else if (message.nameIs(Words.USAGE)) {
        usage.take(message);
      } else {
        message.skip();
      }
    }
    sink.accept(new ChatEvent.Started(id, model, 0));
    reportUsage(sink);
  }

  private void reportUsage(Consumer<ChatEvent> sink) {
    usage.usage().ifPresent(counted -> sink.accept(new ChatEvent.UsageReported(counted)));
  }

  private void messageDelta(Consumer<ChatEvent> sink) {
    String reason = "";
    String explanation = StopReasons.REFUSED;
    JsonCursor delta = body();
    delta.enterObject();
    while (delta.nextMember()) {
      if (delta.nameIs(Words.STOP_REASON) && delta.peek() == '"') {
        reason = delta.text();
      } else if (delta.nameIs(Words.STOP_DETAILS) && delta.peek() == '{') {
        explanation = MessageReader.takeExplanation(delta);
      } else {
        delta.skip();
      }
    }
    if (usageAt != NOWHERE) {
      usage.take(cursor.over(data, usageAt, end));
      reportUsage(sink);
    }
    if (!reason.isEmpty()) {
      finish = StopReasons.read(reason);
      if (finish.kind() == FinishReason.Kind.REFUSAL) {
        sink.accept(new ChatEvent.RefusalDelta(0, explanation));
      }
    }
  }

  private void messageStop(Consumer<ChatEvent> sink) {
    if (finish == null) {
      fail(sink, "a message without a stop reason");
      return;
    }
    over = true;
    calls.values().forEach(call -> call.complete(sink));
    sink.accept(new ChatEvent.Finished(0, finish));
    sink.accept(new ChatEvent.Ended());
  }

  /** A call whose arguments arrive. */
  private static final class Call {
    private final int number;
    private final String input;
    private boolean complete;

    /**
     * @param input what it started with, told when no piece follows
     */
    Call(int number, String input) {
      this.number = number;
      this.input = input;
    }

    void add(String fragment, Consumer<ChatEvent> sink) {
      if (!fragment.isEmpty()) {
        complete = true;
        sink.accept(new ChatEvent.ToolArgumentsDelta(0, number, fragment));
      }
    }

    void complete(Consumer<ChatEvent> sink) {
      if (!complete) {
        add(input, sink);
      }
    }
  }
}
