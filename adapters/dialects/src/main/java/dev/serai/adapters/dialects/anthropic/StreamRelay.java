package dev.serai.adapters.dialects.anthropic;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.claude.ClaudeStopReasons;
import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.TextDeltaMatcher;
import dev.serai.adapters.dialects.stream.FramedRelay;
import dev.serai.adapters.dialects.stream.ServerSentEvents;
import dev.serai.adapters.dialects.stream.SseSplitter;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Forwards a streamed message unchanged to a client of the same dialect, with pings, signatures,
 * citations and blocks of unknown types. An error event is not forwarded: it fails the stream, and
 * the surface writes the error. For one stream; not thread-safe.
 */
final class StreamRelay extends FramedRelay<SseSplitter> {
  private static final byte[] DELTA_EVENT = ascii("event: message_delta\ndata: ");
  private static final byte[] END_OF_EVENT = ascii("\n\n");
  private static final byte[] STOP_EVENT =
      ascii("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");

  private final FrameScanner event = new FrameScanner();
  private final TextDeltaMatcher same = new TextDeltaMatcher();
  private final UsageReader usage = new UsageReader();
  private boolean stopped;
  private boolean responds;
  private boolean calls;
  private int texts;
  private int textStart;
  private int textEnd;

  StreamRelay(Destination destination) {
    super(new SseSplitter(), destination);
  }

  @Override
  protected void frame(byte[] data, int from, int to, Consumer<ChatEvent> events) {
    if (same.recognises(data, from, to)) {
      if (!same.isEmpty(from, to)) {
        token();
      }
      return;
    }
    if (ServerSentEvents.isDone(data, from, to)) {
      omit(events);
      stop(events);
      events.accept(new ChatEvent.Relayed(STOP_EVENT.clone(), false));
      finish(events);
      return;
    }
    event.locate(data, from, to);
    if (event.typeIs(FrameScanner.BLOCK_DELTA)) {
      blockDelta();
      if (texts == 1 && same.wants(to - from)) {
        same.remember(Arrays.copyOfRange(data, from, to), textStart - from, textEnd - from);
      }
    } else if (event.typeIs(FrameScanner.BLOCK_START)) {
      blockStart();
    } else if (event.typeIs(FrameScanner.MESSAGE_START)) {
      messageStart(events);
    } else if (event.typeIs(FrameScanner.MESSAGE_DELTA)) {
      messageDelta(events);
    } else if (event.typeIs(FrameScanner.MESSAGE_STOP)) {
      stop(events);
      finish(events);
    } else if (event.typeIs(MemberNames.ERROR)) {
      fail(ErrorReader.readObject(event.body(), destination()), events);
    }
  }

  private void token() {
    responds = true;
    sawToken();
  }

  /** A string of the delta other than its type is a token: text, thinking, arguments. */
  private void blockDelta() {
    texts = 0;
    JsonCursor delta = event.body();
    delta.enterObject();
    while (delta.nextMember()) {
      boolean type = delta.nameIs(MemberNames.TYPE);
      int from = delta.offset();
      boolean text = delta.peek() == '"';
      delta.skip();
      if (!type) {
        // An event with two values, or one that is not a string, is not remembered.
        texts += text ? 1 : 2;
        textStart = from + 1;
        textEnd = delta.offset() - 1;
        if (textEnd > textStart) {
          token();
        }
      }
    }
  }

  /** Blocks of text and thinking start empty; the start of any other block is a token. */
  private void blockStart() {
    JsonCursor block = event.body();
    block.enterObject();
    while (block.nextMember()) {
      if (block.nameIs(MemberNames.TYPE) && block.peek() == '"') {
        String type = block.text();
        calls |= type.equals("tool_use");
        if (!type.equals("text") && !type.equals("thinking")) {
          token();
        }
      } else {
        block.skip();
      }
    }
  }

  private void messageStart(Consumer<ChatEvent> events) {
    String model = "";
    JsonCursor message = event.body();
    message.enterObject();
    while (message.nextMember()) {
      if (message.nameIs(MemberNames.USAGE)) {
        usage.take(message);
      } else if (message.nameIs(MemberNames.MODEL) && message.peek() == '"') {
        model = message.text();
      } else if (message.nameIs(MemberNames.CONTENT) && message.peek() == '[') {
        message.enterArray();
        while (message.nextElement()) {
          message.skip();
          responds = true;
        }
      } else {
        message.skip();
      }
    }
    usage.usage().ifPresent(this::sawUsage);
    emit(new ChatEvent.Started("", model, 0), events);
  }

  private void messageDelta(Consumer<ChatEvent> events) {
    String reason = "";
    JsonCursor delta = event.body();
    delta.enterObject();
    while (delta.nextMember()) {
      if (delta.nameIs(MemberNames.STOP_REASON) && delta.peek() == '"') {
        reason = delta.text();
      } else {
        delta.skip();
      }
    }
    if (event.hasUsage()) {
      usage.take(event.usage());
      usage.usage().ifPresent(this::sawUsage);
    }
    if (!reason.isEmpty()) {
      stopped = true;
      emit(new ChatEvent.Finished(0, ClaudeStopReasons.read(reason)), events);
    }
  }

  /** The message ends in order: content without a stop reason gets one. */
  private void stop(Consumer<ChatEvent> events) {
    if (!stopped && !responds) {
      throw ResponseReader.withoutContent(destination());
    }
    if (!stopped) {
      FinishReason reason = ClaudeStopReasons.unspecified(calls);
      JsonWriter out = new JsonWriter(192).raw(DELTA_EVENT).beginObject();
      out.member("type", "message_delta").name("delta").beginObject();
      out.member("stop_reason", reason.raw()).name("stop_sequence").nullValue().endObject();
      ResponseParts.usage(out, usage.usage());
      insert(out.endObject().raw(END_OF_EVENT).bytes(), events);
      events.accept(new ChatEvent.Finished(0, reason));
    }
  }

  @Override
  protected boolean isFinished() {
    return stopped;
  }

  @Override
  protected void truncated(Consumer<ChatEvent> events) {
    if (stopped) {
      events.accept(new ChatEvent.Relayed(STOP_EVENT.clone(), false));
      finish(events);
      return;
    }
    fail(incomplete(), events);
  }
}
