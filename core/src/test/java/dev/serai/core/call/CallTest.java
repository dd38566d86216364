package dev.serai.core.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.Usage;
import dev.serai.core.experiment.assigned.AssignedModel;
import dev.serai.core.experiment.assigned.Assignment;
import dev.serai.core.limit.Hold;
import dev.serai.core.privacy.Placeholders;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The life of a call: it ends exactly once, in every order of events, and settles what it holds.
 */
class CallTest {
  private static final Candidate ONE = new Candidate("one", "m");
  private static final Candidate OTHER = new Candidate("other", "m");
  private static final GatewayProblem PROBLEM = CallerProblem.invalid("no");

  private final List<String> log = new ArrayList<>();
  private long now = 1_000;
  private final Call call = new Call("req-1", new TestRequest(), new TestSurface(), () -> now);

  private Hold hold(String name) {
    return new Hold() {
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

  /** Every way in which a call can end. */
  private enum Ending {
    ENDED(Outcome.ANSWERED) {
      @Override
      void happen(Call call) {
        call.observe(new ChatEvent.Ended());
      }
    },
    STREAM_FAILED(Outcome.FAILED) {
      @Override
      void happen(Call call) {
        call.observe(new ChatEvent.Failed(PROBLEM));
      }
    },
    ANSWERED(Outcome.ANSWERED) {
      @Override
      void happen(Call call) {
        call.end(Outcome.ANSWERED, Optional.empty());
      }
    },
    FAILED(Outcome.FAILED) {
      @Override
      void happen(Call call) {
        call.end(Outcome.FAILED, Optional.of(PROBLEM));
      }
    },
    CANCELLED(Outcome.CANCELLED) {
      @Override
      void happen(Call call) {
        call.end(Outcome.CANCELLED, Optional.empty());
      }
    };

    private final Outcome outcome;

    Ending(Outcome outcome) {
      this.outcome = outcome;
    }

    abstract void happen(Call call);
  }

  @TestFactory
  Stream<DynamicTest> theFirstEndingCountsAndNoOtherChangesIt() {
    return Stream.of(Ending.values())
        .flatMap(
            first ->
                Stream.of(Ending.values())
                    .map(
                        second ->
                            DynamicTest.dynamicTest(
                                first + " then " + second,
                                () -> new CallTest().endsOnce(first, second))));
  }

  private void endsOnce(Ending first, Ending second) {
    call.beginAttempt(ONE);
    call.hold(hold("budget"));
    call.lifecycle().onEnd(() -> log.add("listeners"));
    now = 2_000;
    first.happen(call);
    Optional<GatewayProblem> problem = call.problem();
    List<String> before = List.copyOf(log);
    now = 3_000;
    second.happen(call);
    assertThat(call.outcome()).contains(first.outcome);
    assertThat(call.problem()).isEqualTo(problem);
    assertThat(call.current().endNanos()).isEqualTo(2_000);
    assertThat(call.elapsedNanos()).isEqualTo(1_000);
    assertThat(log).isEqualTo(before).hasSize(2).last().isEqualTo("listeners");
  }

  @Test
  void holdsAreSettledInOrderBeforeListenersRun() {
    call.hold(hold("limit"));
    call.lifecycle().onEnd(() -> log.add("listeners"));
    call.hold(hold("budget"));
    call.end(Outcome.FAILED, Optional.of(PROBLEM));
    assertThat(log).containsExactly("limit failed", "budget failed", "listeners");
  }

  @Test
  void whatComesAfterTheEndComesAfterTheListenersWheneverTheyAreGiven() {
    call.lifecycle().afterEnd(() -> log.add("after"));
    call.end(Outcome.ANSWERED, Optional.empty());
    assertThat(log).isEmpty();
    call.lifecycle().onEnd(() -> log.add("listeners"));
    call.end(Outcome.FAILED, Optional.of(PROBLEM));
    assertThat(log).containsExactly("listeners", "after");
  }

  @Test
  void anActionForAfterTheEndReplacesTheOneBeforeWhichRunsAtOnce() {
    call.lifecycle().afterEnd(() -> log.add("first"));
    call.lifecycle().afterEnd(() -> log.add("second"));
    assertThat(log).containsExactly("first");
    call.lifecycle().onEnd(() -> log.add("listeners"));
    call.end(Outcome.ANSWERED, Optional.empty());
    assertThat(log).containsExactly("first", "listeners", "second");
  }

  @Test
  void whatComesAfterTheEndDoesNotComeIfTheListenersFail() {
    call.lifecycle().afterEnd(() -> log.add("after"));
    call.lifecycle().onEnd(() -> false);
    call.end(Outcome.ANSWERED, Optional.empty());
    assertThat(log).isEmpty();
  }

  @Test
  void aHoldAddedAfterTheEndIsSettledAtOnceAndOnce() {
    call.end(Outcome.ANSWERED, Optional.empty());
    Hold late = hold("late");
    call.hold(late);
    call.end(Outcome.FAILED, Optional.of(PROBLEM));
    late.release();
    assertThat(log).containsExactly("late settled");
  }

  @Test
  void anAttemptSettlesWhatItHoldsInOrderAndALateHoldAtOnce() {
    Attempt attempt = call.beginAttempt(ONE);
    attempt.hold(hold("limit"));
    attempt.hold(hold("capacity"));
    call.failAttempt(PROBLEM);
    attempt.hold(hold("late"));
    call.end(Outcome.FAILED, Optional.of(PROBLEM));
    assertThat(log).containsExactly("limit failed", "capacity failed", "late failed");
  }

  @Test
  void aHoldReleasedBeforeTheEndIsNotSettled() {
    Hold early = hold("early");
    call.hold(early);
    early.release();
    call.end(Outcome.ANSWERED, Optional.empty());
    assertThat(log).containsExactly("early released");
  }

  @Test
  void anActionGivenAfterTheEndRunsAtOnceAndASecondIsRefused() {
    call.end(Outcome.CANCELLED, Optional.empty());
    call.lifecycle().onEnd(() -> log.add("listeners"));
    assertThat(log).containsExactly("listeners");
    assertThatThrownBy(() -> call.lifecycle().onEnd(() -> log.add("again")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(log).containsExactly("listeners");
  }

  @Test
  void eventsAfterTheEndChangeNothing() {
    Attempt attempt = call.beginAttempt(ONE);
    call.observe(new ChatEvent.UsageReported(Usage.of(1, 2)));
    call.observe(new ChatEvent.Ended());
    call.observe(new ChatEvent.TextDelta(0, "late"));
    call.observe(new ChatEvent.UsageReported(Usage.of(9, 9)));
    call.observe(new ChatEvent.Finished(0, new FinishReason(FinishReason.Kind.STOP, "stop")));
    call.observe(new ChatEvent.Dropped("late"));
    assertThat(attempt.usage()).contains(Usage.of(1, 2));
    assertThat(attempt.pieces()).isZero();
    assertThat(attempt.firstTokenNanos()).isZero();
    assertThat(attempt.finish()).isEmpty();
    assertThat(attempt.dropped()).isEmpty();
  }

  @Test
  void aStreamIsRecordedByItsAttempt() {
    Attempt attempt = call.beginAttempt(ONE);
    call.observe(new ChatEvent.Started("id", "model-2", 0));
    now = 1_500;
    call.observe(new ChatEvent.TextDelta(0, "a"));
    now = 1_700;
    call.observe(new ChatEvent.TextDelta(0, "b"));
    call.observe(new ChatEvent.Dropped("logprobs"));
    call.observe(new ChatEvent.Dropped("logprobs"));
    assertThat(attempt.firstTokenNanos()).isEqualTo(1_500);
    assertThat(attempt.pieces()).isEqualTo(2);
    assertThat(attempt.responseModel()).contains("model-2");
    assertThat(attempt.dropped()).containsExactly("logprobs");
    assertThat(attempt.endNanos()).isZero();
    assertThat(call.outcome()).isEmpty();
  }

  @Test
  void eachAttemptHasItsOwnEnd() {
    Attempt first = call.beginAttempt(ONE);
    now = 2_000;
    call.failAttempt(PROBLEM);
    now = 3_000;
    Attempt second = call.beginAttempt(OTHER);
    now = 4_000;
    call.end(Outcome.ANSWERED, Optional.empty());
    assertThat(first.endNanos()).isEqualTo(2_000);
    assertThat(first.problem()).contains(PROBLEM);
    assertThat(second.startNanos()).isEqualTo(3_000);
    assertThat(second.endNanos()).isEqualTo(4_000);
    assertThat(second.problem()).isEmpty();
    assertThat(call.attempts()).containsExactly(first, second);
  }

  @Test
  void aSecondKeyIsNotASecondCandidate() {
    call.beginAttempt(ONE).markRepeated();
    call.beginAttempt(ONE);
    assertThat(call.candidatesTried()).isEqualTo(1);
    call.beginAttempt(OTHER);
    assertThat(call.candidatesTried()).isEqualTo(2);
  }

  @Test
  void whatIsDoneBeforeASendIsDoneOnceAndNotForACallThatOnlyWaited() {
    call.lifecycle().beforeSend(() -> log.add("noted"));
    assertThat(log).isEmpty();
    call.lifecycle().sending();
    call.lifecycle().sending();
    assertThat(log).containsExactly("noted");
    Call other = new Call("req-2", new TestRequest(), new TestSurface(), () -> now);
    other.lifecycle().beforeSend(() -> log.add("too late"));
    other.end(Outcome.CANCELLED, Optional.empty());
    other.lifecycle().sending();
    assertThat(log).containsExactly("noted");
  }

  @Test
  void aHedgeSeesTheVariantTheTimeAndPlaceholdersOfItsOwn() {
    call.assign(new AssignedModel(new Assignment("trial", "b", true), "slow", false));
    call.setPlaceholders(new Placeholders());
    call.timeMillis(() -> Instant.ofEpochMilli(7));
    call.beginAttempt(ONE);
    Call view = HedgedAttempts.begin(call, OTHER);
    assertThat(view.plannedModel()).isEqualTo("slow");
    assertThat(view.assigned()).isEqualTo(call.assigned());
    assertThat(view.timeMillis(() -> Instant.ofEpochMilli(8))).isEqualTo(7);
    assertThat(view.placeholders()).isPresent();
    assertThat(view.placeholders().orElseThrow()).isNotSameAs(call.placeholders().orElseThrow());
  }

  @Test
  void thePlannedModelIsThatOfTheLatestPlan() {
    assertThat(call.plannedModel()).isEqualTo(call.request().model());
    call.assign(new AssignedModel(new Assignment("trial", "b", true), "slow", false));
    assertThat(call.plannedModel()).isEqualTo("slow");
    call.setPlan(new Plan("slow", List.of(ONE), "provider named"));
    call.setPlan(new Plan("cheap", List.of(OTHER), "provider named").replacing());
    assertThat(call.plannedModel()).isEqualTo("cheap");
  }

  @Test
  void whatComesTooEarlyIsAMistakeInTheRoutes() {
    assertThatThrownBy(call::plan).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(call::current).isInstanceOf(IllegalStateException.class);
    assertThat(call.hasPlan()).isFalse();
    assertThat(call.caller()).isEqualTo(Caller.ANONYMOUS);
  }
}
