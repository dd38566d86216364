package dev.serai.adapters.upstream;

import dev.serai.core.http.ByteStream;
import dev.serai.core.problem.GatewayProblem;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of a streamed reply.
 *
 * <p>Bytes that arrive before a reader opens the stream are stored, and reading from the connection
 * is paused until then, so no more than one read of the socket is stored. All state is confined to
 * the event loop of the pool; calls from other threads are moved there.
 */
final class UpstreamStream implements ByteStream {
  private final UpstreamCall call;
  private final ArrayDeque<byte[]> early = new ArrayDeque<>(2);
  private @Nullable Reader reader;
  private @Nullable GatewayProblem problem;
  private boolean complete;
  private boolean closed;
  private boolean paused;

  UpstreamStream(UpstreamCall call) {
    this.call = call;
  }

  @Override
  public void open(Reader opened) {
    onLoop(() -> start(opened));
  }

  @Override
  public void pause() {
    onLoop(() -> hold(true));
  }

  @Override
  public void resume() {
    onLoop(() -> hold(false));
  }

  @Override
  public void cancel() {
    onLoop(() -> stop(Optional.empty()));
  }

  @Override
  public void reject(GatewayProblem why) {
    onLoop(() -> stop(Optional.of(why)));
  }

  @Override
  public void firstTokenSeen() {
    onLoop(call::onFirstToken);
  }

  @Override
  public void expectEnd(boolean expected) {
    onLoop(() -> call.clock().expectEnd(expected));
  }

  /** Whether the stream pauses because of its reader, not because of the provider. */
  boolean isPausedByReader() {
    return paused || reader == null;
  }

  void onBody(byte[] bytes) {
    if (closed) {
      return;
    }
    if (reader != null) {
      reader.onPiece(bytes);
    } else {
      early.add(bytes);
      call.setReading(false);
    }
  }

  void onBatchEnd() {
    if (reader != null && !closed) {
      reader.onBatchEnd();
    }
  }

  void onEnd() {
    complete = true;
    finishIfOver();
  }

  void onFailure(GatewayProblem why) {
    problem = why;
    finishIfOver();
  }

  private void start(Reader opened) {
    if (reader != null) {
      throw new IllegalStateException("a stream is opened once");
    }
    reader = opened;
    deliverEarly(opened);
    finishIfOver();
    if (!closed && !paused) {
      call.setReading(true);
    }
  }

  private void deliverEarly(Reader opened) {
    boolean waited = !early.isEmpty();
    while (!early.isEmpty() && !closed) {
      opened.onPiece(early.remove());
    }
    if (waited && !closed) {
      opened.onBatchEnd();
    }
  }

  private void finishIfOver() {
    if (closed || reader == null) {
      return;
    }
    if (problem != null) {
      closed = true;
      reader.onFailure(problem);
    } else if (complete) {
      closed = true;
      reader.onEnd();
      call.onStreamRead();
    }
  }

  private void hold(boolean on) {
    if (!closed && paused != on) {
      paused = on;
      call.setReading(!on);
    }
  }

  private void stop(Optional<GatewayProblem> why) {
    if (!closed) {
      closed = true;
      early.clear();
      call.cancel(why);
    }
  }

  private void onLoop(Runnable action) {
    if (call.pool().loop().inEventLoop()) {
      action.run();
    } else {
      call.pool().loop().execute(action);
    }
  }
}
