package dev.serai.adapters.upstream;

import dev.serai.core.http.Upload;
import dev.serai.core.problem.GatewayProblem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** An upload of a given size, sent as fast as it is taken. */
final class SizedUpload implements Upload {
  static final int PIECE = 64 * 1024;

  private final long size;
  private final boolean announced;
  private volatile Reader reader;
  private boolean paused;
  final AtomicLong sent = new AtomicLong();
  final AtomicInteger pauses = new AtomicInteger();
  final AtomicInteger cancels = new AtomicInteger();
  private volatile long stopAt = Long.MAX_VALUE;

  SizedUpload(long size, boolean announced) {
    this.size = size;
    this.announced = announced;
  }

  static String content(int size) {
    return "x".repeat(size);
  }

  /** The client sends no more than that. */
  SizedUpload stopAt(long bytes) {
    stopAt = bytes;
    return this;
  }

  /** The client fails. */
  void fail(GatewayProblem problem) {
    reader.onFailure(problem);
  }

  @Override
  public long length() {
    return announced ? size : -1;
  }

  @Override
  public boolean isSpent() {
    return sent.get() > 0;
  }

  @Override
  public void open(Reader opened) {
    reader = opened;
    send();
  }

  private void send() {
    while (!paused && sent.get() < Math.min(size, stopAt)) {
      byte[] piece = new byte[(int) Math.min(PIECE, Math.min(size, stopAt) - sent.get())];
      Arrays.fill(piece, "x".getBytes(StandardCharsets.UTF_8)[0]);
      sent.addAndGet(piece.length);
      reader.onPiece(piece);
    }
    reader.onBatchEnd();
    if (!paused && sent.get() == size) {
      reader.onEnd();
    }
  }

  @Override
  public void pause() {
    paused = true;
    pauses.incrementAndGet();
  }

  @Override
  public void resume() {
    paused = false;
    send();
  }

  @Override
  public void cancel() {
    cancels.incrementAndGet();
    paused = true;
  }
}
