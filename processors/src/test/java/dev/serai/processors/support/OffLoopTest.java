package dev.serai.processors.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OffLoopTest {
  private static final int SHORT = 20_000;
  private static final int LONG = 1_000_000;

  private final ManualLoop loop = new ManualLoop();
  private final Exchange exchange = new DefaultExchange(new SimpleCamelContext());
  private final AtomicReference<Thread> worker = new AtomicReference<>();
  private final CountDownLatch worked = new CountDownLatch(1);

  @Test
  void shortJsonIsReadOnTheEventLoop() {
    assertThat(read(SHORT).begin(exchange, _ -> {})).as("it has ended").isTrue();
    assertThat(worker.get()).isSameAs(Thread.currentThread());
  }

  @Test
  void longJsonIsReadOnAnotherThreadAndTheExchangeReturnsToItsLoop() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    assertThat(read(LONG).begin(exchange, sync -> done.set(!sync))).isFalse();
    worked.await();
    assertThat(worker.get().isVirtual()).isTrue();
    assertThat(done).as("before the loop has run").isFalse();
    while (!done.get()) {
      loop.turn();
    }
  }

  @Test
  void whatEitherThrowsIsTheFailureOfTheExchange() throws Exception {
    IllegalStateException failure = new IllegalStateException("malformed");
    for (int length : new int[] {SHORT, LONG}) {
      exchange.setException(null);
      AtomicBoolean done = new AtomicBoolean();
      new Reading(length, failure).process(exchange, _ -> done.set(true));
      worked.await();
      while (!done.get()) {
        loop.turn();
      }
      assertThat(exchange.getException()).isSameAs(failure);
    }
  }

  private Reading read(int length) {
    return new Reading(length, null);
  }

  private final class Reading extends OffLoop {
    private final int length;
    private final @Nullable IllegalStateException failure;

    Reading(int length, @Nullable IllegalStateException failure) {
      super(_ -> loop);
      this.length = length;
      this.failure = failure;
    }

    @Override
    protected boolean isQuick(Exchange exchange) {
      return isShort(length);
    }

    @Override
    protected void work(Exchange exchange) {
      worker.set(Thread.currentThread());
      worked.countDown();
      if (failure != null) {
        throw failure;
      }
    }
  }
}
