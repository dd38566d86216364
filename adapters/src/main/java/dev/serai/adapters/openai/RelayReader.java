package dev.serai.adapters.openai;

import static dev.serai.adapters.json.JsonOut.ascii;

import dev.serai.adapters.json.MalformedInput;
import dev.serai.adapters.json.SseSplitter;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Usage;
import dev.serai.core.port.Dialect.StreamReader;
import dev.serai.core.port.Dialect.Target;
import dev.serai.core.problem.GatewayProblem;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Hands a stream on as it came, to a caller who speaks the same dialect. Events are looked at, not
 * taken apart: all whole events of a piece go out as one {@link ChatEvent.Relayed}, without a copy
 * if the piece holds nothing else.
 *
 * <p>Model: a <em>run</em> is the bytes of whole events that have been looked at and not handed on
 * yet. It ends where something is left out (the usage chunk that the caller did not ask for), where
 * something must be told beside the bytes, and at the end of the piece.
 */
final class RelayReader implements StreamReader {
  private static final byte[] DONE = ascii("[DONE]");
  private static final byte[] DONE_EVENT = ascii("data: [DONE]\n\n");

  private final Target target;
  private final boolean keepUsage;
  private final boolean endsWithoutDone;
  private final SseSplitter sse = new SseSplitter();
  private final ChunkWalk chunk = new ChunkWalk();
  private int runStart;
  private boolean runCarriesToken;
  private boolean finished;
  private boolean over;
  private Optional<Usage> untold = Optional.empty();

  /**
   * @param keepUsage whether the caller asked for the usage chunk
   */
  RelayReader(Target target, boolean keepUsage) {
    this.target = target;
    this.keepUsage = keepUsage;
    this.endsWithoutDone = Quirk.NO_DONE.of(target);
  }

  @Override
  public void read(byte[] piece, Consumer<ChatEvent> events) {
    if (!over) {
      sse.take(piece);
      blocks(events);
    }
  }

  @Override
  public void end(Consumer<ChatEvent> events) {
    if (over) {
      return;
    }
    sse.finish();
    blocks(events);
    if (over) {
      return;
    }
    if (finished && endsWithoutDone) {
      events.accept(new ChatEvent.Relayed(DONE_EVENT, false));
      close(new ChatEvent.Ended(), events);
    } else {
      fail(Garbled.of(target.provider(), "broke off its answer"), events);
    }
  }

  private void blocks(Consumer<ChatEvent> events) {
    runStart = sse.start();
    runCarriesToken = false;
    try {
      while (!over && sse.next()) {
        if (sse.hasData()) {
          event(events);
        }
      }
    } catch (MalformedInput e) {
      flush(sse.start(), events);
      fail(Garbled.at(target.provider(), e), events);
      return;
    }
    if (!over) {
      flush(sse.start(), events);
      tellUsage(events);
    }
  }

  private void event(Consumer<ChatEvent> events) {
    byte[] data = sse.data();
    int from = sse.dataStart();
    int to = sse.dataEnd();
    if (data[from] == '[' && Arrays.equals(data, from, to, DONE, 0, DONE.length)) {
      flush(sse.end(), events);
      close(new ChatEvent.Ended(), events);
      return;
    }
    chunk.over(data, from, to);
    if (chunk.isError()) {
      flush(sse.start(), events);
      fail(FailureReader.inside(target, data, from, to), events);
      return;
    }
    untold = chunk.usage().isPresent() ? chunk.usage() : untold;
    runCarriesToken |= chunk.carriesToken();
    if (chunk.isOnlyUsage() && !keepUsage) {
      flush(sse.start(), events);
      runStart = sse.end();
    }
    if (chunk.finishes() > 0) {
      flush(sse.end(), events);
      finishes(events);
    }
  }

  private void finishes(Consumer<ChatEvent> events) {
    finished = true;
    for (int i = 0; i < chunk.finishes(); i++) {
      events.accept(
          new ChatEvent.Finished(
              chunk.finishedChoice(i), FinishReasons.read(chunk.finishReason(i))));
    }
  }

  private void flush(int to, Consumer<ChatEvent> events) {
    if (to > runStart) {
      byte[] buffer = sse.buffer();
      boolean all = runStart == 0 && to == buffer.length;
      byte[] run = all ? buffer : Arrays.copyOfRange(buffer, runStart, to);
      events.accept(new ChatEvent.Relayed(run, runCarriesToken));
    }
    runStart = to;
    runCarriesToken = false;
  }

  private void tellUsage(Consumer<ChatEvent> events) {
    if (untold.isPresent()) {
      events.accept(new ChatEvent.UsageReported(untold.get()));
      untold = Optional.empty();
    }
  }

  private void fail(GatewayProblem problem, Consumer<ChatEvent> events) {
    close(new ChatEvent.Failed(problem), events);
  }

  private void close(ChatEvent last, Consumer<ChatEvent> events) {
    over = true;
    tellUsage(events);
    events.accept(last);
  }
}
