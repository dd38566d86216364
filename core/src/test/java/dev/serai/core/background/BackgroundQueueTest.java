package dev.serai.core.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackgroundQueueTest {
  private final Queue<String> done = new ConcurrentLinkedQueue<>();

  @Test
  void workIsDoneInItsOrderAlsoBeforeTheStartAndBehindAFailure() throws Exception {
    CountDownLatch last = new CountDownLatch(1);
    BackgroundQueue<String> queue =
        new BackgroundQueue<>(
            piece -> {
              if (piece.equals("broken")) {
                throw new IllegalStateException(piece);
              }
              done.add(piece);
              if (piece.equals("last")) {
                last.countDown();
              }
            });
    queue.add("early");
    BackgroundThread thread = BackgroundThreads.unreported().make("worker", queue);
    thread.start();
    queue.add("broken");
    queue.add("next");
    queue.add("last");

    assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(done).containsExactly("early", "next", "last");
    thread.stopAndJoin(Duration.ofSeconds(10));
    queue.add("late");
    assertThat(done).doesNotContain("late");
  }
}
