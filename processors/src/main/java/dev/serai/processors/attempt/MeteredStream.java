package dev.serai.processors.attempt;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.dialect.RelayDialect.Meter;
import dev.serai.core.http.ByteStream;
import dev.serai.core.problem.GatewayProblem;
import java.util.Optional;

/**
 * Forwards a provider's bytes to the client unchanged and reads the usage in them. The call ends
 * with the stream, however it ends. If the provider's connection breaks, so does the client's.
 * Threads and obligations as in {@link ByteStream}.
 */
final class MeteredStream implements ByteStream {
  private final Call call;
  private final ByteStream source;
  private final Optional<Meter> meter;

  MeteredStream(Call call, ByteStream source, Optional<Meter> meter) {
    this.call = call;
    this.source = source;
    this.meter = meter;
  }

  @Override
  public void open(Reader reader) {
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
      meter.ifPresent(reading -> reading.read(bytes));
      reader.onPiece(bytes);
    }

    @Override
    public void onBatchEnd() {
      reader.onBatchEnd();
    }

    @Override
    public void onEnd() {
      begin();
      count();
      reader.onEnd();
      call.end(Outcome.ANSWERED, Optional.empty());
    }

    @Override
    public void onFailure(GatewayProblem problem) {
      count();
      reader.onFailure(problem);
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

  /** The client's connection is cut: a body that is forwarded unchanged has no form for errors. */
  @Override
  public void abort(GatewayProblem why) {
    source.cancel();
    count();
    call.end(Outcome.FAILED, Optional.of(why));
  }

  @Override
  public void cancel() {
    source.cancel();
    count();
    call.end(Outcome.CANCELLED, Optional.empty());
  }
}
