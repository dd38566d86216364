package dev.serai.processors.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.HedgedAttempts;
import dev.serai.core.fanout.Aggregation;
import dev.serai.core.problem.FailureCause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the order of what happens to three candidates, the call gets one outcome, once, and what
 * the others hold ends once.
 */
class EveryFanOutTest {
  private enum Event {
    A_RESPONDS(call -> call.responds("a", "No.")),
    A_FAILS(call -> call.fails("a")),
    B_RESPONDS(call -> call.responds("b", "Yes.")),
    B_FAILS(call -> call.fails("b")),
    C_RESPONDS(call -> call.responds("c", "yes")),
    TURN(call -> call.loop.turn()),
    DEADLINE(call -> call.loop.elapse()),
    CLIENT_LEAVES(FannedCall::clientLeaves);

    private final Consumer<FannedCall> action;

    Event(Consumer<FannedCall> action) {
      this.action = action;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theFirstResponseServesOnceAndTheOthersLeaveNothing(boolean abortable) {
    assertThat(reached(Aggregation.FIRST_WIN, 1, abortable))
        .contains("a serves", "b serves", "c serves", "request_cancelled", "too_few_responses");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneOfTheResponsesServesOnceAndTheOthersLeaveNothing(boolean abortable) {
    assertThat(reached(Aggregation.CONSENSUS, 2, abortable))
        .contains("a serves", "b serves", "too_few_responses")
        .doesNotContain("c serves");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theResponseWithTheMostWeightServesOnceAndTheOthersLeaveNothing(boolean abortable) {
    assertThat(reached(Aggregation.WEIGHTED_MERGE, 2, abortable))
        .contains("a serves", "b serves", "too_few_responses", "request_cancelled")
        .doesNotContain("c serves");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theResponseWithTheHighestScoreServesOnceAndTheOthersLeaveNothing(boolean abortable) {
    assertThat(reached(Aggregation.BEST_BY_JUDGE, 2, abortable))
        .contains("a serves", "b serves", "too_few_responses", "request_cancelled")
        .doesNotContain("c serves");
  }

  @Test
  void aJudgeDecidesByItsScores() {
    FannedCall call = new FannedCall(Aggregation.BEST_BY_JUDGE, 1, true);
    call.loop.turn();
    List.of(Event.A_RESPONDS, Event.C_RESPONDS, Event.B_RESPONDS)
        .forEach(event -> event.action.accept(call));
    call.end();
    assertThat(call.outcomes).containsExactly("b serves");
    assertThat(call.call.lifecycle().fanOut().orElseThrow().scoreText()).isEqualTo("0.90");
  }

  @Test
  void aClientThatLeavesEndsABranchWhoseStreamIsRead() {
    FannedCall call = new FannedCall(Aggregation.CONSENSUS, 1, true);
    call.loop.turn();
    call.responds("a", "No.");
    call.loop.turn();
    call.disconnects();
    call.end();
    assertThat(call.outcomes).containsExactly("request_cancelled");
    assertThat(call.call.attempts())
        .allMatch(one -> one.problem().orElseThrow().code().equals("request_cancelled"));
    assertThat(call.log).contains("b aborted", "c aborted", "a bytes released");
  }

  @Test
  void theLastFailureIsThatOfTheCallIfAllHaveFailed() {
    FannedCall call = new FannedCall(Aggregation.FIRST_WIN, 1, true);
    call.loop.turn();
    List.of("a", "c", "b").forEach(call::fails);
    call.end();
    assertThat(call.outcomes).containsExactly("b");
    assertThat(call.call.current().candidate().provider()).isEqualTo("b");
  }

  @Test
  void theLargestGroupServes() {
    FannedCall call = new FannedCall(Aggregation.CONSENSUS, 1, true);
    call.loop.turn();
    List.of(Event.A_RESPONDS, Event.C_RESPONDS, Event.B_RESPONDS)
        .forEach(event -> event.action.accept(call));
    call.end();
    assertThat(call.outcomes).containsExactly("b serves");
    assertThat(call.call.lifecycle().fanOut().orElseThrow().agreementText()).isEqualTo("0.67");
  }

  @ParameterizedTest
  @EnumSource(
      value = Aggregation.class,
      names = {"CONSENSUS", "WEIGHTED_MERGE"})
  void longResponsesAreComparedOffTheEventLoopWithTheSameResult(Aggregation aggregation) {
    FannedCall few = compared(aggregation, 1);
    FannedCall many = compared(aggregation, 20_000);
    assertThat(few.comparedOnLoop).isTrue();
    assertThat(many.comparedOnLoop).isFalse();
    assertThat(many.outcomes).containsExactly("b serves").isEqualTo(few.outcomes);
    assertThat(many.log).isEqualTo(few.log);
    assertThat(many.call.lifecycle().fanOut()).isEqualTo(few.call.lifecycle().fanOut());
  }

  private static FannedCall compared(Aggregation aggregation, int words) {
    FannedCall call = new FannedCall(aggregation, 1, true);
    call.loop.turn();
    call.responds("a", "never ".repeat(words));
    call.responds("c", "always ".repeat(words));
    call.responds("b", "always ".repeat(words));
    while (call.outcomes.isEmpty()) {
      call.loop.turn();
    }
    call.end();
    return call;
  }

  @Test
  void aJudgeIsShownLongResponsesAndDecides() {
    FannedCall call = new FannedCall(Aggregation.BEST_BY_JUDGE, 1, true);
    call.loop.turn();
    call.responds("a", "No. ".repeat(50_000));
    call.responds("c", "No. ".repeat(50_000));
    call.responds("b", "Yes. ".repeat(50_000));
    while (call.outcomes.isEmpty()) {
      call.loop.turn();
    }
    call.end();
    assertThat(call.outcomes).containsExactly("b serves");
    assertThat(call.comparedOnLoop).as("the scores decide, nothing is compared").isTrue();
  }

  private static Set<String> reached(Aggregation aggregation, int needed, boolean abortable) {
    Set<String> reached = new HashSet<>();
    forEachOrder(
        new ArrayList<>(),
        new ArrayList<>(List.of(Event.values())),
        order -> reached.add(run(order, new FannedCall(aggregation, needed, abortable))));
    return reached;
  }

  private static String run(List<Event> order, FannedCall fanned) {
    fanned.loop.turn();
    order.forEach(event -> event.action.accept(fanned));
    fanned.end();
    String what = order + " " + fanned.log;
    assertThat(fanned.outcomes).as(what).hasSize(1);
    String outcome = fanned.outcomes.getFirst();
    for (String name : FannedCall.NAMES) {
      for (String held : List.of(" settled", " call settled", " bytes released")) {
        String ended = name + held;
        assertThat(fanned.log.stream().filter(ended::equals)).as(what).hasSize(1);
      }
    }
    assertThat(fanned.call.attempts()).as(what).allMatch(attempt -> attempt.endNanos() != 0);
    assertThat(fanned.loop.timers()).as(what).isZero();
    List<Attempt> attempts = fanned.call.attempts();
    if (outcome.endsWith(" serves")) {
      assertThat(attempts.getLast().problem()).as(what).isEmpty();
      assertThat(fanned.log).as(what).doesNotContain(outcome.charAt(0) + " aborted");
      assertThat(attempts.stream().filter(a -> a.problem().isEmpty())).as(what).hasSize(1);
      assertThat(attempts.subList(0, 2))
          .as(what)
          .allMatch(a -> isFailure(a) != HedgedAttempts.isCharged(a, fanned.call));
    } else {
      assertThat(attempts).as(what).noneMatch(a -> HedgedAttempts.isCharged(a, fanned.call));
    }
    return outcome;
  }

  private static boolean isFailure(Attempt attempt) {
    return attempt
        .providerProblem()
        .map(problem -> problem.failureCause())
        .map(FailureCause::isFailure)
        .orElse(true);
  }

  private static void forEachOrder(List<Event> begun, List<Event> left, Consumer<List<Event>> run) {
    if (left.isEmpty()) {
      run.accept(List.copyOf(begun));
    }
    for (int i = 0; i < left.size(); i++) {
      begun.add(left.remove(i));
      forEachOrder(begun, left, run);
      left.add(i, begun.removeLast());
    }
  }
}
