package dev.serai.memory.bandits;

import static dev.serai.memory.bandits.LearningGateway.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.bandit.shared.LearnedStore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What bandits have learned is stored and shared, and counts once, in every store. */
public abstract class SharedBanditsContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private int gateways;

  /** Opens the store of this test, which is empty at its begin. */
  protected abstract LearnedStore store();

  /** How many rows it has. */
  protected abstract int rows() throws Exception;

  /** Lets all rows be older by that. */
  protected abstract void pass(Duration time) throws Exception;

  /** Replaces what all rows say. */
  protected abstract void write(String state) throws Exception;

  protected final LearningGateway gateway() throws IOException {
    return gateway(Duration.ZERO);
  }

  protected final LearningGateway gateway(Duration halfLife) throws IOException {
    gateways++;
    return new LearningGateway(store(), "gateway-" + gateways, halfLife);
  }

  @Test
  void whatOneLearnsTheOtherKnowsAfterItsNextExchangeOnce() throws Exception {
    LearningGateway one = gateway().exchange();
    LearningGateway other = gateway().learn(2).exchange();
    one.learn(3).exchange();
    assertThat(one.calls()).isEqualTo(5);
    other.exchange();
    assertThat(other.calls()).isEqualTo(5);

    for (int i = 0; i < 3; i++) {
      one.exchange();
      other.exchange();
    }
    assertThat(one.calls()).isEqualTo(5);
    assertThat(other.calls()).isEqualTo(5);
    assertThat(rows()).as("nothing new, nothing written").isEqualTo(2);
  }

  @Test
  void aRestartKnowsAllThatWasWritten() throws Exception {
    LearningGateway before = gateway().learn(3).exchange().learn(2).exchange();
    before.learn("other", 4).exchange();
    before.learn(100).close();
    LearningGateway after = gateway().exchange();
    assertThat(after.calls()).isEqualTo(5);
    assertThat(after.calls("other")).isEqualTo(4);
    assertThat(after.learn(1).exchange().exchange().calls()).isEqualTo(6);
    assertThat(gateway().exchange().calls()).isEqualTo(6);
  }

  @Test
  void aNameThatOthersUseIsKnownBeforeItsFirstCall() throws Exception {
    LearningGateway other = gateway().exchange();
    gateway().learn(3).exchange();
    assertThat(other.exchange().calls()).isEqualTo(3);
  }

  @Test
  void whatWasStoredCountsOnceIfTheConfirmationIsLost() throws Exception {
    LearningGateway one = gateway().exchange().learn(3);
    assertThatThrownBy(() -> one.exchange(losing(true))).hasMessage("the connection is lost");
    one.learn(2).exchange();
    assertThat(one.calls()).isEqualTo(5);
    assertThat(gateway().exchange().calls()).isEqualTo(5);
  }

  @Test
  void whatCouldNotBeStoredIsStoredLater() throws Exception {
    LearningGateway one = gateway().exchange().learn(3);
    assertThatThrownBy(() -> one.exchange(losing(false))).hasMessage("the connection is lost");
    assertThat(gateway().exchange().calls()).isZero();
    one.learn(2).exchange();
    assertThat(one.calls()).isEqualTo(5);
    assertThat(gateway().exchange().calls()).isEqualTo(5);
  }

  /** The store, whose connection is lost when rows are added: before that, or after it. */
  private LearnedStore losing(boolean after) {
    LearnedStore to = store();
    return (LearnedStore)
        Proxy.newProxyInstance(
            LearnedStore.class.getClassLoader(),
            new Class<?>[] {LearnedStore.class},
            (_, method, arguments) -> {
              boolean last = method.getName().equals("append");
              Object result = last && !after ? null : method.invoke(to, arguments);
              if (last) {
                throw new IOException("the connection is lost");
              }
              return result;
            });
  }

  @Test
  void aBanditThatWasDroppedGetsEverythingAgain() throws Exception {
    LearningGateway one = gateway().exchange().learn(3).exchange();
    one.bandits.clear();
    one.learn(2).exchange();
    assertThat(one.calls()).isEqualTo(5);
    assertThat(gateway().exchange().calls()).isEqualTo(5);
  }

  @Test
  void oldRowsAreFoldedIntoOneAndCountOnce() throws Exception {
    LearningGateway one = gateway().exchange();
    LearningGateway other = gateway().exchange();
    for (int i = 0; i < 4; i++) {
      one.learn(2).exchange();
      other.learn(1).exchange();
    }
    one.exchange();
    pass(Duration.ofHours(2));
    one.learn(1).exchange();
    assertThat(rows()).isEqualTo(9);

    one.fold();
    assertThat(rows()).isEqualTo(2);
    other.fold();
    assertThat(rows()).isEqualTo(2);
    assertThat(one.exchange().calls()).isEqualTo(13);
    assertThat(other.exchange().calls()).isEqualTo(13);
    assertThat(gateway().exchange().calls()).isEqualTo(13);
  }

  @Test
  void moreRowsOfANameThanAStartIsToReadAreFolded() throws Exception {
    String state = gateway().learn(1).bandit(NAME).state().text();
    try (LearnedStore store = store()) {
      for (int i = 1; i <= 600; i++) {
        store.append(new LearnedStore.Batch("many", i, Map.of(NAME, state)));
      }
    }
    LearningGateway one = gateway();
    one.fold();
    assertThat(rows()).isEqualTo(501);
    assertThat(one.exchange().calls()).isEqualTo(600);
  }

  @Test
  void whatWasLearnedFadesWhileItIsStored() throws Exception {
    Duration halfLife = Duration.ofHours(4);
    gateway(halfLife).learn(16).exchange();
    pass(halfLife);
    gateway(halfLife).exchange().learn(16).exchange();
    pass(halfLife);
    assertThat(gateway(halfLife).exchange().calls()).isCloseTo(12, within(0.1));
    gateway(halfLife).fold();
    assertThat(rows()).isOne();
    pass(halfLife);
    assertThat(gateway(halfLife).exchange().calls()).isCloseTo(6, within(0.1));
  }

  @Test
  void aRowThatCannotBeReadIsLeftOutAndStays() throws Exception {
    LearningGateway one = gateway().exchange().learn(3).exchange();
    write("serai-bandit 9");
    one.learn(2).exchange().learn(4).exchange();
    assertThat(gateway().exchange().calls()).isEqualTo(6);
    pass(Duration.ofHours(2));
    one.fold();
    assertThat(rows()).as("a folded row, and that of a newer version").isEqualTo(2);
    assertThat(gateway().exchange().calls()).isEqualTo(6);
    pass(Duration.ofDays(90));
    one.fold();
    assertThat(rows()).isZero();
  }

  @Test
  void gatewaysThatWriteAtTheSameTimeMissNothing() throws Exception {
    List<LearningGateway> all = List.of(gateway(), gateway(), gateway());
    try (ExecutorService threads = Executors.newFixedThreadPool(all.size())) {
      List<Future<?>> running = new ArrayList<>();
      for (LearningGateway each : all) {
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 40; i++) {
                    each.learn(1).exchange();
                  }
                  return each;
                }));
      }
      for (Future<?> each : running) {
        each.get(PATIENCE.toSeconds() * 4, TimeUnit.SECONDS);
      }
    }
    for (LearningGateway each : all) {
      assertThat(each.exchange().calls()).isEqualTo(120);
    }
    assertThat(gateway().exchange().calls()).isEqualTo(120);
  }

  @Test
  void theThreadReadsAtTheStartAndWritesAtTheEnd() throws Exception {
    LearningGateway before = gateway();
    BackgroundThreads threads = BackgroundThreads.unreported();
    SharedBandits shared = new SharedBandits(before, store(), threads);
    shared.start();
    before.learn(3);
    shared.close();

    LearningGateway after = gateway();
    try (SharedBandits again = new SharedBandits(after, store(), threads)) {
      again.start();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (after.calls() < 3 && System.nanoTime() < end) {
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(after.calls()).isEqualTo(3);
    }
  }
}
