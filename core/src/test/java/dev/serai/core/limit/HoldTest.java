package dev.serai.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A hold is settled or released exactly once, whatever is called and by how many threads. */
class HoldTest {
  private static final GatewayProblem PROBLEM = CallerProblem.invalid("no");

  private final List<String> ends = new ArrayList<>();

  private final Hold hold =
      new Hold() {
        @Override
        protected void onSettle(Optional<GatewayProblem> problem) {
          ends.add(problem.isPresent() ? "failed" : "succeeded");
        }

        @Override
        protected void onRelease() {
          ends.add("released");
        }
      };

  @Test
  void aSettledHoldIsNotReleased() {
    assertThat(hold.hasEnded()).isFalse();
    hold.settle(Optional.empty());
    hold.release();
    hold.settle(Optional.of(PROBLEM));
    assertThat(ends).containsExactly("succeeded");
    assertThat(hold.hasEnded()).isTrue();
  }

  @Test
  void aReleasedHoldIsNotSettled() {
    hold.release();
    hold.settle(Optional.of(PROBLEM));
    hold.release();
    assertThat(ends).containsExactly("released");
  }

  @Test
  void aFailureReachesTheLimit() {
    hold.settle(Optional.of(PROBLEM));
    assertThat(ends).containsExactly("failed");
  }

  @Test
  void oneOfManyThreadsEndsIt() throws InterruptedException {
    AtomicInteger ended = new AtomicInteger();
    Hold contended =
        new Hold() {
          @Override
          protected void onSettle(Optional<GatewayProblem> problem) {
            ended.incrementAndGet();
          }

          @Override
          protected void onRelease() {
            ended.incrementAndGet();
          }
        };
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      boolean settles = i % 2 == 0;
      threads.add(
          Thread.startVirtualThread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException _) {
                  Thread.currentThread().interrupt();
                }
                if (settles) {
                  contended.settle(Optional.empty());
                } else {
                  contended.release();
                }
              }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(ended).hasValue(1);
  }
}
