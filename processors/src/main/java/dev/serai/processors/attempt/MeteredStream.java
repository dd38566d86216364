package dev.serai.processors.attempt;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.dialect.RelayDialect.Meter;
import dev.serai.core.http.ByteStream;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.GatewayProblem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Forwards a provider's bytes to the client unchanged and reads the usage in them. The call ends
 * when the stream ends, for whatever reason. If a stream of events ends early, an error event
 * follows its last whole event; with any other body the client's connection is closed. Threads and
 * order of calls as in {@link ByteStream}.
 */
final class MeteredStream implements ByteStream {
  private static final byte[] DATA = JsonWriter.ascii("data: ");
  private static final byte[] END_OF_EVENT = JsonWriter.ascii("\n\n");

  private final Call call;
  private final ByteStream source;
  private final Optional<Meter> meter;
  private final Optional<WholeEvents> events;
  private @Nullable Reader opened;

  /**
   * @param events if the bytes are server-sent events
   */
  MeteredStream(Call call, ByteStream source, Optional<Meter> meter, Optional<WholeEvents> events) {
    this.call = call;
    this.source = source;
    this.meter = meter;
    this.events = events;
  }

  @Override
  public void open(Reader reader) {
    opened = reader;
    source.open(new Metering(reader));
  }

  /** Reads usage from the bytes that pass. */
  private final class Metering implements Reader {
    private final Reader reader;
    private boolean begun;

    Metering(Reader reader) {
      this.reader = reader;
    }

    @Override
    public void onPiece(byte[] bytes) {
      begin();
      call.current().recordReceived(bytes.length);
      meter.ifPresent(reading -> reading.read(bytes));
      forward(events.isPresent() ? events.get().add(bytes) : bytes);
    }

    private void forward(byte[] bytes) {
      if (bytes.length > 0) {
        reader.onPiece(bytes);
      }
    }

    @Override
    public void onBatchEnd() {
      reader.onBatchEnd();
    }

    @Override
    public void onEnd() {
      begin();
      count();
      events.ifPresent(whole -> forward(whole.rest()));
      reader.onEnd();
      call.end(Outcome.ANSWERED, Optional.empty());
    }

    @Override
    public void onFailure(GatewayProblem problem) {
      count();
      if (!endWith(problem, reader)) {
        reader.onFailure(problem);
      }
      call.failAttempt(problem);
      call.end(Outcome.FAILED, Optional.of(problem));
    }

    private void begin() {
      if (!begun) {
        begun = true;
        source.firstTokenSeen();
        call.recordFirstPiece();
      }
    }
  }

  /** Ends the stream with an error event; false if that is impossible. */
  private boolean endWith(GatewayProblem why, Reader reader) {
    if (events.isEmpty() || !events.get().isWhole()) {
      return false;
    }
    byte[] problem = call.surface().writeProblem(why, call.requestId());
    reader.onPiece(
        new JsonWriter(problem.length + 8).raw(DATA).raw(problem).raw(END_OF_EVENT).bytes());
    reader.onEnd();
    return true;
  }

  private void count() {
    meter.flatMap(Meter::usage).ifPresent(call.current()::recordUsage);
  }

  @Override
  public void pause() {
    source.pause();
  }

  @Override
  public void resume() {
    source.resume();
  }

  /** The attempt has not failed: only the call ends with the problem. */
  @Override
  public void abort(GatewayProblem why) {
    source.cancel();
    count();
    call.end(Outcome.FAILED, Optional.of(why));
    if (opened != null) {
      endWith(why, opened);
    }
  }

  @Override
  public void cancel() {
    source.cancel();
    count();
    call.end(Outcome.CANCELLED, Optional.empty());
  }
}
