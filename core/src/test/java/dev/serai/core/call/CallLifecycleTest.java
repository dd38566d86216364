package dev.serai.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.limit.Hold;
import dev.serai.core.problem.GatewayProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Branches of a fan-out share what ends with their call, each on a thread of its own. */
class CallLifecycleTest {
  private static final int ROUNDS = 2_000;
  private static final int BRANCHES = 3;

  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicInteger sent = new AtomicInteger();

  @Test
  void everyHoldOfBranchesEndsWithTheCallWhicheverComesFirst() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      CallLifecycle call = new CallLifecycle();
      race(() -> call.hold(new Counted()), () -> call.settleHolds(List.of(), Optional.empty()));
      call.hold(new Counted());
    }
    assertThat(ended).hasValue(ROUNDS * (BRANCHES + 1));
  }

  @Test
  void whatIsDoneBeforeTheFirstRequestIsDoneOnce() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      CallLifecycle call = new CallLifecycle();
      call.beforeSend(sent::incrementAndGet);
      race(call::sending, call::sending);
    }
    assertThat(sent).hasValue(ROUNDS);
  }

  private static void race(Runnable ofBranch, Runnable other) throws Exception {
    CyclicBarrier start = new CyclicBarrier(BRANCHES + 1);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i <= BRANCHES; i++) {
        Runnable action = i < BRANCHES ? ofBranch : other;
        all.add(
            threads.submit(
                () -> {
                  start.await();
                  action.run();
                  return true;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private final class Counted extends Hold {
    @Override
    protected void onSettle(Optional<GatewayProblem> problem) {
      ended.incrementAndGet();
    }

    @Override
    protected void onRelease() {
      ended.incrementAndGet();
    }
  }
}
