package dev.serai.processors.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.HedgedAttempts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the order of what happens to two attempts, one of them serves the call or both have
 * failed, once, and what they hold ends once.
 */
class EveryHedgeTest {
  private enum Event {
    LATE(HedgedCall::late),
    FIRST_RESPONDS(HedgedCall::firstResponds),
    FIRST_FAILS(HedgedCall::firstFails),
    SECOND_RESPONDS(HedgedCall::secondResponds),
    SECOND_FAILS(HedgedCall::secondFails),
    CLIENT_LEAVES(HedgedCall::clientLeaves),
    TURN(call -> call.loop.turn()),
    SECOND_TURN(call -> call.loop.turn());

    private final Consumer<HedgedCall> action;

    Event(Consumer<HedgedCall> action) {
      this.action = action;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneAttemptServesTheCallOnceAndTheOtherLeavesNothing(boolean abortable) {
    Set<String> reached = new HashSet<>();
    forEachOrder(
        new ArrayList<>(),
        new ArrayList<>(List.of(Event.values())),
        order -> reached.add(run(order, abortable)));
    assertThat(reached)
        .contains("first serves", "second serves", "failed, last first", "failed, last second");
  }

  /** A refusal serves only if the other attempt has failed. */
  @ParameterizedTest
  @ValueSource(strings = {"first", "second", "first second"})
  void aRefusalNeverOvertakesAnAttemptThatRuns(String refusing) {
    Set<String> refuses = Set.of(refusing.split(" "));
    Set<String> reached = new HashSet<>();
    forEachOrder(
        new ArrayList<>(),
        new ArrayList<>(List.of(Event.values())),
        order -> reached.add(run(order, true, refuses)));
    assertThat(reached)
        .contains("first serves", "second serves", "failed, last first", "failed, last second");
  }

  private static String run(List<Event> order, boolean abortable) {
    return run(order, abortable, Set.of());
  }

  private static String run(List<Event> order, boolean abortable, Set<String> refusing) {
    HedgedCall hedged = HedgedCall.watched(abortable);
    hedged.refusing.addAll(refusing);
    order.forEach(event -> event.action.accept(hedged));
    hedged.end();
    String what = order + " " + hedged.log;
    assertThat(hedged.outcomes).as(what).hasSize(1);
    String outcome = hedged.outcomes.getFirst();
    assertThat(hedged.log.stream().filter("first settled"::equals)).as(what).hasSize(1);
    boolean twice = hedged.call.attempts().size() > 1;
    for (String held : List.of("second settled", "call settled", "bytes released")) {
      assertThat(hedged.log.stream().filter(held::equals)).as(what).hasSize(twice ? 1 : 0);
    }
    assertThat(hedged.log).as(what).doesNotContain("call released", "second released");
    assertThat(hedged.call.attempts()).as(what).allMatch(attempt -> attempt.endNanos() != 0);
    assertThat(hedged.loop.timers()).as(what).isZero();
    if (outcome.endsWith(" serves")) {
      String winner = outcome.substring(0, outcome.indexOf(' '));
      assertThat(hedged.call.current().candidate().provider()).as(what).isEqualTo(winner);
      assertThat(hedged.call.current().problem()).as(what).isEmpty();
      if (refusing.contains(winner)) {
        assertThat(hedged.call.attempts()).as(what).noneMatch(HedgedAttempts::isOvertaken);
      }
      assertThat(hedged.log).as(what).doesNotContain(winner + " cancelled", winner + " aborted");
      assertThat(hedged.call.attempts().stream().filter(a -> a.problem().isEmpty()))
          .as(what)
          .hasSize(1);
    } else {
      assertThat(hedged.call.attempts()).as(what).noneMatch(EveryHedgeTest::hasNoProblem);
    }
    return outcome;
  }

  private static boolean hasNoProblem(Attempt attempt) {
    return attempt.problem().isEmpty();
  }

  private static void forEachOrder(List<Event> begun, List<Event> left, Consumer<List<Event>> run) {
    if (left.isEmpty()) {
      run.accept(List.copyOf(begun));
    }
    for (int i = 0; i < left.size(); i++) {
      if (left.get(i) == Event.SECOND_TURN && left.contains(Event.TURN)) {
        continue; // the two are alike
      }
      begun.add(left.remove(i));
      forEachOrder(begun, left, run);
      left.add(i, begun.removeLast());
    }
  }
}
