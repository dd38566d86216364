package dev.serai.processors.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.HedgeOutcome;
import dev.serai.core.call.HedgedAttempts;
import dev.serai.core.routing.AttemptRules.HedgeRules;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which calls are hedged, and when. */
class CallHedgerTest {
  private static final Duration TENTH = Duration.ofMillis(100);

  private static HedgedCall watched(int percent, HedgeRules rules) {
    HedgedCall call = new HedgedCall(true, percent, rules);
    call.sendFirst();
    return call;
  }

  @Test
  void aCallIsHedgedWhenItsFirstAttemptIsLate() {
    HedgedCall call = watched(100, HedgeRules.of(TENTH, false, Duration.ZERO));
    assertThat(call.isHedged()).isFalse();
    call.late();
    assertThat(call.isHedged()).isTrue();
    assertThat(call.call.current().candidate())
        .as("the first attempt stays the current one")
        .isEqualTo(HedgedCall.FIRST);
    call.end();
  }

  @Test
  void withoutHedgingThereIsNoTimer() {
    HedgedCall call = watched(100, HedgeRules.of(Duration.ZERO, true, Duration.ZERO));
    assertThat(call.loop.timers()).isZero();
    HedgedCall whole = watched(100, HedgeRules.of(Duration.ZERO, false, TENTH));
    assertThat(whole.loop.timers()).as("the request is for a stream").isZero();
  }

  @Test
  void anEmptyBudgetHedgesNothing() {
    HedgedCall call = watched(0, HedgeRules.of(TENTH, false, Duration.ZERO));
    call.late();
    assertThat(call.isHedged()).isFalse();
    call.firstResponds();
    call.end();
    assertThat(call.outcomes).containsExactly("first serves");
  }

  @Test
  void aFailureThatComesWhileAnEmptyBudgetIsAskedFailsTheAttempt() {
    HedgedCall call = watched(0, HedgeRules.of(TENTH, false, Duration.ZERO));
    call.late();
    call.firstFails();
    call.loop.turn();
    assertThat(call.outcomes).containsExactly("failed, last first");
  }

  @Test
  void anAttemptThatRespondsJustBeforeItIsLateSpendsNoHedge() {
    HedgedCall call = watched(100, HedgeRules.of(TENTH, false, Duration.ZERO));
    call.meanwhile = call::firstResponds;
    call.late();
    assertThat(call.isHedged()).isFalse();
    call.end();
    int left = 0;
    while (call.budget.spend()) {
      left++;
    }
    assertThat(left).as("ten at first and one earned").isEqualTo(11);
  }

  @Test
  void anAttemptThatWaitsToBeSentIsNotLate() {
    HedgedCall call = new HedgedCall(true, 100, HedgeRules.of(TENTH, false, Duration.ZERO));
    call.late();
    assertThat(call.isHedged()).isFalse();
    call.sendFirst();
    call.late();
    assertThat(call.isHedged()).as("it is looked at again").isTrue();
    call.end();
  }

  @Test
  void whatItWaitedForCapacityDoesNotCount() {
    HedgedCall call = watched(100, HedgeRules.of(TENTH, false, Duration.ZERO));
    call.call.current().recordWait(call.clock.get() + TENTH.toNanos() / 2);
    call.late();
    assertThat(call.isHedged()).isFalse();
    call.late();
    assertThat(call.isHedged()).isTrue();
    call.end();
  }

  @Test
  void onlyTheFirstAttemptOfACallIsHedged() {
    HedgedCall call = watched(100, HedgeRules.of(TENTH, false, Duration.ZERO));
    call.firstFails();
    call.call.beginAttempt(HedgedCall.SECOND);
    call.hedger.watch(call.exchange, call.call);
    assertThat(call.loop.timers()).isZero();
  }

  @Test
  void theAttemptThatLosesIsOvertakenAndTheOtherIsTheCurrentOne() {
    HedgedCall call = HedgedCall.watched(true);
    call.late();
    call.secondResponds();
    call.loop.turn();
    assertThat(call.outcomes).containsExactly("second serves");
    assertThat(HedgedAttempts.isOvertaken(call.call.attempts().getFirst())).isTrue();
    assertThat(call.call.current().candidate()).isEqualTo(HedgedCall.SECOND);
    assertThat(HedgeOutcome.of(call.call)).contains(HedgeOutcome.WON);
    call.end();
    assertThat(HedgedAttempts.isCharged(call.call.attempts().getFirst(), call.call)).isTrue();
  }

  @Test
  void aClientThatLeavesCancelsBothInTheOrderInWhichTheyWereAsked() {
    HedgedCall call = HedgedCall.watched(true);
    call.late();
    call.clientLeaves();
    call.loop.turn();
    assertThat(call.call.attempts())
        .extracting(Attempt::candidate)
        .containsExactly(HedgedCall.FIRST, HedgedCall.SECOND);
    assertThat(call.call.attempts())
        .allMatch(one -> one.problem().orElseThrow().code().equals("request_cancelled"));
  }

  @Test
  void aHedgeThatLosesOrFailsIsCountedAsSuch() {
    HedgedCall lost = HedgedCall.watched(true);
    lost.late();
    lost.firstResponds();
    lost.end();
    assertThat(HedgeOutcome.of(lost.call)).contains(HedgeOutcome.LOST);
    HedgedCall failed = HedgedCall.watched(true);
    failed.late();
    failed.secondFails();
    failed.loop.turn();
    failed.firstResponds();
    failed.end();
    assertThat(failed.outcomes).containsExactly("first serves");
    assertThat(HedgeOutcome.of(failed.call)).contains(HedgeOutcome.FAILED);
  }
}
