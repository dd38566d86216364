package dev.serai.processors.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.cache.ResponseKey;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.processors.support.CallFixtures;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PendingResponsesTest {
  private final PendingResponses pending = new PendingResponses();
  private final AtomicInteger resumed = new AtomicInteger();

  private static Call call() {
    return new Call("r", new CallFixtures.Request("m"), new CallFixtures.Words(), () -> 1);
  }

  private static ResponseKey key(String request) {
    Set<Candidate> candidates = Set.of(new Candidate("p", "m"));
    return new ResponseKey("t", "openai", "m", candidates, RoutingCriteria.NONE, request, "");
  }

  private boolean waits(String request, Call call) {
    return pending.await(key(request), call, resumed::incrementAndGet);
  }

  @Test
  void theFirstCallDoesNotWaitAndItsEndResumesTheOthersOnce() {
    Call first = call();
    assertThat(waits("a", first)).isFalse();
    assertThat(waits("a", call())).isTrue();
    assertThat(waits("a", call())).isTrue();
    assertThat(waits("b", call())).isFalse();
    assertThat(resumed).hasValue(0);
    first.end(Outcome.CANCELLED, Optional.empty());
    assertThat(resumed).hasValue(2);
    first.end(Outcome.ANSWERED, Optional.empty());
    assertThat(resumed).hasValue(2);
    assertThat(waits("a", call())).as("nothing is pending").isFalse();
  }

  @Test
  void noMoreThanAThousandWait() {
    waits("a", call());
    for (int i = 0; i < 1_000; i++) {
      assertThat(waits("a", call())).isTrue();
    }
    assertThat(waits("a", call())).isFalse();
  }
}
