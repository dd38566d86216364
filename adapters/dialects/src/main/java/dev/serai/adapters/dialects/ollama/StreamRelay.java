package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.stream.LineSplitter;
import dev.serai.adapters.dialects.translation.ProviderProblems;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.StreamReader;
import dev.serai.core.problem.GatewayProblem;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Hands a stream's lines on as they came, to a caller who speaks the same dialect. Every line is
 * looked at: for the count and the reason in the last one, and for an error.
 */
final class StreamRelay implements StreamReader {
  private final Destination destination;
  private final LineSplitter lines = new LineSplitter();
  private final ResponseChunk chunk = new ResponseChunk();
  private int runStart;
  private int good;
  private boolean runCarriesToken;
  private boolean over;

  StreamRelay(Destination destination) {
    this.destination = destination;
  }

  @Override
  public void read(byte[] piece, Consumer<ChatEvent> sink) {
    if (over) {
      return;
    }
    lines.take(piece);
    runStart = 0;
    good = 0;
    try {
      while (!over && lines.next()) {
        line(sink);
        good = lines.taken();
      }
    } catch (MalformedInput e) {
      flush(good, sink);
      fail(ProviderProblems.garbled(destination, "a line that cannot be read"), sink);
    }
    if (!over) {
      flush(good, sink);
    }
  }

  @Override
  public void end(Consumer<ChatEvent> sink) {
    if (over) {
      return;
    }
    try {
      runStart = lines.taken();
      if (lines.last()) {
        line(sink);
      }
      if (!over) {
        fail(ProviderProblems.garbled(destination, "a stream that ended in the middle"), sink);
      }
    } catch (MalformedInput e) {
      fail(
          ProviderProblems.garbled(destination, "a stream that ended in the middle of a line"),
          sink);
    }
  }

  private void line(Consumer<ChatEvent> sink) {
    chunk.read(lines.buffer(), lines.start(), lines.end());
    if (chunk.error().isPresent()) {
      flush(lines.start(), sink);
      fail(
          ProviderProblems.byStatus(destination, chunk.status(), chunk.error().get()).build(),
          sink);
      return;
    }
    runCarriesToken |=
        !chunk.content().isEmpty() || !chunk.thinking().isEmpty() || !chunk.calls().isEmpty();
    if (chunk.done()) {
      over = true;
      runCarriesToken = true;
      flush(lines.taken(), sink);
      // As late as this: every line says it, and only what is told of the call wants to know.
      sink.accept(new ChatEvent.Started("", chunk.model(), 0));
      chunk.usage().ifPresent(usage -> sink.accept(new ChatEvent.UsageReported(usage)));
      sink.accept(new ChatEvent.Finished(0, chunk.finish()));
      sink.accept(new ChatEvent.Ended());
    }
  }

  private void flush(int to, Consumer<ChatEvent> sink) {
    if (to > runStart) {
      byte[] buffer = lines.buffer();
      boolean all = runStart == 0 && to == buffer.length;
      byte[] run = all ? buffer : Arrays.copyOfRange(buffer, runStart, to);
      sink.accept(new ChatEvent.Relayed(run, runCarriesToken));
    }
    runStart = to;
    runCarriesToken = false;
  }

  private void fail(GatewayProblem problem, Consumer<ChatEvent> sink) {
    over = true;
    sink.accept(new ChatEvent.Failed(problem));
  }
}
