package dev.serai.adapters.responses;

import dev.serai.adapters.json.MalformedInput;
import dev.serai.adapters.json.SseSplitter;
import dev.serai.adapters.responses.EventWalk.Kind;
import dev.serai.adapters.translation.Failures;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.port.Dialect.StreamReader;
import dev.serai.core.port.Dialect.Target;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Hands a stream on as it came, to a caller who speaks the same dialect. Events are looked at, not
 * taken apart: all whole events of a piece go out as one {@link ChatEvent.Relayed}. What is noted
 * lets the gateway keep the answer, and end the stream in its grammar should the provider not.
 */
final class EventRelay implements StreamReader {
  private final AnswerNotes notes;
  private final Target target;
  private final SseSplitter sse = new SseSplitter(EventReader.LINE_LIMIT);
  private final EventWalk event = new EventWalk();
  private int runStart;
  private boolean runCarriesToken;
  private boolean over;

  EventRelay(AnswerNotes notes, Target target) {
    this.notes = notes;
    this.target = target;
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
    if (!over) {
      fail(Failures.garbled(target, "an answer that broke off"), events);
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
      fail(Failures.garbled(target, "something that is not an answer"), events);
      return;
    } catch (ProviderProblem problem) {
      flush(sse.start(), events);
      fail(problem, events);
      return;
    }
    if (!over) {
      flush(sse.start(), events);
    }
  }

  private void event(Consumer<ChatEvent> events) {
    byte[] data = sse.data();
    event.over(data, sse.dataStart(), sse.dataEnd());
    if (event.kind() == Kind.FAILED) {
      flush(sse.start(), events);
      fail(EventReader.failure(data, sse.dataStart(), sse.dataEnd(), target), events);
      return;
    }
    if (event.kind() == Kind.LAST) {
      last(data, events);
      return;
    }
    if (event.kind() == Kind.CREATED) {
      AnswerWalk begun = AnswerWalk.of(data, event.responseStart(), event.responseEnd(), target);
      notes.started(begun.id(), begun.model(), begun.createdSeconds());
    }
    notes.passed(event.number());
    runCarriesToken |= event.kind() == Kind.PIECE;
  }

  private void last(byte[] data, Consumer<ChatEvent> events) {
    int from = event.responseStart();
    int to = event.responseEnd();
    AnswerWalk answer = AnswerWalk.of(data, from, to, target);
    notes.complete(Arrays.copyOfRange(data, from, to));
    runCarriesToken = true;
    flush(sse.end(), events);
    over = true;
    answer.usage().ifPresent(usage -> events.accept(new ChatEvent.UsageReported(usage)));
    events.accept(new ChatEvent.Finished(0, answer.finish()));
    events.accept(new ChatEvent.Ended());
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

  private void fail(GatewayProblem problem, Consumer<ChatEvent> events) {
    over = true;
    events.accept(new ChatEvent.Failed(problem));
  }
}
