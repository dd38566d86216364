package dev.serai.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.Usage;
import dev.serai.core.limit.Hold;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.Operation;
import dev.serai.core.routing.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An attempt settles each of its holds exactly once, with what the attempt used. */
class AttemptTest {
  private static final GatewayProblem PROBLEM = CallerProblem.invalid("no");

  private final List<String> log = new ArrayList<>();
  private final Attempt attempt = new Attempt(new Candidate("one", "m"), Operation.CHAT, 1_000);

  private Hold hold(String name) {
    return new Hold() {
      @Override
      public void recordUsage(Usage usage) {
        log.add(name + " used " + usage.output());
      }

      @Override
      protected void onSettle(Optional<GatewayProblem> problem) {
        log.add(name + (problem.isPresent() ? " failed" : " settled"));
      }

      @Override
      protected void onRelease() {
        log.add(name + " released");
      }
    };
  }

  @Test
  void aHoldIsSettledOnceAtTheEndWithTheUsage() {
    attempt.hold(hold("rate"));
    attempt.recordUsage(Usage.of(1, 2));
    attempt.end(2_000);
    attempt.end(3_000);
    assertThat(log).containsExactly("rate used 2", "rate settled");
  }

  @Test
  void aHoldTakenAfterTheEndIsSettledAtOnce() {
    attempt.recordProblem(PROBLEM);
    attempt.end(2_000);
    attempt.hold(hold("late"));
    assertThat(log).containsExactly("late used 0", "late failed");
  }

  @Test
  void everyHoldIsSettledInTheOrderInWhichItWasTaken() {
    attempt.hold(hold("first"));
    attempt.hold(hold("second"));
    attempt.hold(hold("third"));
    attempt.recordUsage(Usage.of(1, 2));
    attempt.end(2_000);
    assertThat(log)
        .containsExactly(
            "first used 2",
            "first settled",
            "second used 2",
            "second settled",
            "third used 2",
            "third settled");
  }

  @Test
  void noHoldIsNotKept() {
    attempt.hold(hold("rate"));
    attempt.hold(Hold.NONE);
    attempt.end(2_000);
    assertThat(log).last().isEqualTo("rate settled");
  }
}
