package dev.serai.processors.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class AsyncStepTest {
  private final Exchange exchange = new CallFixtures().exchangeFor("m");
  private final List<Boolean> done = new ArrayList<>();

  private boolean process(Predicate<AsyncCallback> work) {
    AsyncStep step =
        new AsyncStep() {
          @Override
          public boolean begin(Exchange one, AsyncCallback callback) {
            return work.test(callback);
          }
        };
    return step.process(exchange, done::add);
  }

  @Test
  void aStepThatEndsAtOnceSaysSoOnce() {
    assertThat(process(_ -> true)).isTrue();
    assertThat(done).containsExactly(true);
  }

  @Test
  void aStepThatEndsLaterCallsBackItself() {
    List<AsyncCallback> later = new ArrayList<>();
    assertThat(process(callback -> !later.add(callback))).isFalse();
    assertThat(done).isEmpty();

    later.getFirst().done(false);
    assertThat(done).containsExactly(false);
  }

  @Test
  void whatItThrowsIsTheExceptionOfTheExchange() {
    IllegalStateException failure = new IllegalStateException("a mistake");
    assertThat(
            process(
                _ -> {
                  throw failure;
                }))
        .isTrue();

    assertThat(done).containsExactly(true);
    assertThat(exchange.getException()).isSameAs(failure);
  }
}
