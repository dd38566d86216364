package dev.serai.adapters.upstream;

import dev.serai.core.http.ByteStream;
import dev.serai.core.problem.GatewayProblem;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Reads a stream and records its pieces. */
final class StreamRecorder implements ByteStream.Reader {
  final ByteStream stream;
  final AtomicLong bytes = new AtomicLong();
  final AtomicInteger batches = new AtomicInteger();
  final StringBuffer text = new StringBuffer();
  final CompletableFuture<Void> end = new CompletableFuture<>();
  final CompletableFuture<GatewayProblem> failure = new CompletableFuture<>();

  StreamRecorder(ByteStream stream) {
    this.stream = stream;
  }

  StreamRecorder open() {
    stream.open(this);
    return this;
  }

  @Override
  public void onPiece(byte[] piece) {
    if (bytes.getAndAdd(piece.length) == 0) {
      stream.firstTokenSeen();
    }
    if (text.length() < 4096) {
      text.append(new String(piece, StandardCharsets.UTF_8));
    }
  }

  @Override
  public void onBatchEnd() {
    batches.incrementAndGet();
  }

  @Override
  public void onEnd() {
    end.complete(null);
  }

  @Override
  public void onFailure(GatewayProblem problem) {
    failure.complete(problem);
  }
}
