package dev.serai.gateway.edge;

import dev.serai.core.http.ByteStream;
import dev.serai.core.problem.CapacityProblem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A stream whose pieces a test sends, on the test's own thread. */
final class ScriptedStream implements ByteStream {
  private final CompletableFuture<Reader> opened = new CompletableFuture<>();
  final AtomicInteger pauses = new AtomicInteger();
  final AtomicInteger resumes = new AtomicInteger();
  final AtomicInteger cancels = new AtomicInteger();

  @Override
  public void open(Reader reader) {
    opened.complete(reader);
  }

  ScriptedStream piece(String text) {
    reader().onPiece(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  ScriptedStream batchEnd() {
    reader().onBatchEnd();
    return this;
  }

  void end() {
    reader().onEnd();
  }

  void fail() {
    reader().onFailure(new CapacityProblem("broken", "broken", Duration.ofSeconds(1)));
  }

  boolean isPaused() {
    return pauses.get() > resumes.get();
  }

  private Reader reader() {
    return opened.orTimeout(30, TimeUnit.SECONDS).join();
  }

  @Override
  public byte[] keepAlive() {
    return ": alive\n\n".getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void pause() {
    pauses.incrementAndGet();
  }

  @Override
  public void resume() {
    resumes.incrementAndGet();
  }

  @Override
  public void cancel() {
    cancels.incrementAndGet();
  }
}
