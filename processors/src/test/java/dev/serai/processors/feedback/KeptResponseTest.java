package dev.serai.processors.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.routing.Candidate;
import dev.serai.processors.support.CallFixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeptResponseTest {
  private static final int REQUEST = 1_000;
  private static final int RESPONSE = 500;
  private static final ChatResponse TEXT =
      new ChatResponse("r", "m", 0, List.of(), Optional.empty());

  private final ByteLimit memory = new ByteLimit(10_000);
  private final List<KeptResponse.Kept> scored = new ArrayList<>();
  private final AtomicInteger skipped = new AtomicInteger();
  private final Call call =
      new Call(
          "req-1",
          new CallFixtures.Request("m".repeat(REQUEST)),
          new CallFixtures.Words(),
          () -> 1);

  @Test
  void theRequestAndTheResponseCountForTheMemoryLimitUntilTheyAreScored() {
    end(RESPONSE, Outcome.ANSWERED);
    assertThat(memory.taken()).isEqualTo(REQUEST + RESPONSE);
    assertThat(scored).hasSize(1);
    assertThat(scored.getFirst().response().get()).isSameAs(TEXT);
    scored.getFirst().bytes().release();
    assertThat(memory.taken()).isZero();
    assertThat(skipped).hasValue(0);
  }

  @Test
  void aCallThatWasNotAnsweredIsSkipped() {
    end(RESPONSE, Outcome.CANCELLED);
    assertSkipped();
  }

  @Test
  void aCallForWhichThereIsNoRoomIsSkipped() {
    end(9_500, Outcome.ANSWERED);
    assertSkipped();
  }

  @Test
  void aResponseThatIsTooLongIsSkipped() {
    end(300 * 1024, Outcome.ANSWERED);
    assertSkipped();
  }

  private void end(int received, Outcome how) {
    KeptResponse kept =
        new KeptResponse(call, memory.hold(), scored::add, skipped::incrementAndGet);
    call.hold(kept);
    call.beginAttempt(new Candidate("p", "m")).recordReceived(received);
    kept.take(TEXT);
    call.end(how, Optional.empty());
  }

  private void assertSkipped() {
    assertThat(scored).isEmpty();
    assertThat(skipped).hasValue(1);
    assertThat(memory.taken()).isZero();
  }
}
