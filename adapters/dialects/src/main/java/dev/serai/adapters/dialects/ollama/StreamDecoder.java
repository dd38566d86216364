package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.stream.LineSplitter;
import dev.serai.adapters.dialects.translation.ProviderProblems;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.StreamReader;
import java.util.function.Consumer;

/** Reads a streamed answer: one chunk a line, the last one {@code done}. */
final class StreamDecoder implements StreamReader {
  private final Destination destination;
  private final LineSplitter lines = new LineSplitter();
  private final ResponseChunk chunk = new ResponseChunk();
  private boolean started;
  private boolean over;

  StreamDecoder(Destination destination) {
    this.destination = destination;
  }

  @Override
  public void read(byte[] piece, Consumer<ChatEvent> sink) {
    if (over) {
      return;
    }
    lines.take(piece);
    try {
      while (!over && lines.next()) {
        line(sink);
      }
    } catch (MalformedInput e) {
      fail(sink, "a line that cannot be read");
    }
  }

  @Override
  public void end(Consumer<ChatEvent> sink) {
    if (over) {
      return;
    }
    try {
      if (lines.last()) {
        line(sink);
      }
      if (!over) {
        fail(sink, "a stream that ended in the middle");
      }
    } catch (MalformedInput e) {
      fail(sink, "a stream that ended in the middle of a line");
    }
  }

  private void fail(Consumer<ChatEvent> sink, String what) {
    over = true;
    sink.accept(new ChatEvent.Failed(ProviderProblems.garbled(destination, what)));
  }

  private void line(Consumer<ChatEvent> sink) {
    chunk.read(lines.buffer(), lines.start(), lines.end());
    if (chunk.error().isPresent()) {
      over = true;
      String said = chunk.error().get();
      sink.accept(
          new ChatEvent.Failed(
              ProviderProblems.byStatus(destination, chunk.status(), said).build()));
      return;
    }
    if (!started) {
      started = true;
      String model = chunk.model().isEmpty() ? destination.model() : chunk.model();
      sink.accept(new ChatEvent.Started(chunk.answerId(), model, chunk.createdSeconds()));
    }
    if (!chunk.thinking().isEmpty()) {
      sink.accept(new ChatEvent.ReasoningDelta(0, chunk.thinking()));
    }
    if (!chunk.content().isEmpty()) {
      sink.accept(new ChatEvent.TextDelta(0, chunk.content()));
    }
    for (ImagePart picture : chunk.pictures()) {
      sink.accept(new ChatEvent.ImageGenerated(0, picture));
    }
    calls(sink);
    if (chunk.done()) {
      over = true;
      chunk.usage().ifPresent(usage -> sink.accept(new ChatEvent.UsageReported(usage)));
      sink.accept(new ChatEvent.Finished(0, chunk.finish()));
      sink.accept(new ChatEvent.Ended());
    }
  }

  private void calls(Consumer<ChatEvent> sink) {
    int index = chunk.callsSoFar() - chunk.calls().size();
    for (ToolCall call : chunk.calls()) {
      sink.accept(new ChatEvent.ToolCallStarted(0, index, call.id(), call.name()));
      sink.accept(new ChatEvent.ToolArgumentsDelta(0, index, call.arguments()));
      index++;
    }
  }
}
