package dev.serai.core.embedding;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A text whose embedding is computed when its turn comes, unless it is complete before. */
final class WaitingText {
  private final String tenant;
  private final CompletableFuture<Boolean> turn = new CompletableFuture<>();
  private final CompletableFuture<float[]> embedding;

  /**
   * @param compute the embedding; runs on the thread that calls {@link #compute()}
   */
  WaitingText(String tenant, Supplier<float[]> compute) {
    this.tenant = tenant;
    this.embedding = turn.thenApply(_ -> compute.get());
  }

  String tenant() {
    return tenant;
  }

  /** Fails if computing fails. A text whose embedding was cancelled is not computed. */
  CompletableFuture<float[]> embedding() {
    return embedding;
  }

  void compute() {
    turn.complete(true);
  }

  void refuse(RuntimeException why) {
    turn.completeExceptionally(why);
  }
}
