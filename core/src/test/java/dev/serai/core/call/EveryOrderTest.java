package dev.serai.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call.Outcome;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Usage;
import dev.serai.core.limit.Hold;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.Operation;
import dev.serai.core.routing.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever the order of its events, a call and an attempt settle what they hold exactly once. */
class EveryOrderTest {
  private static final Candidate ONE = new Candidate("one", "m");
  private static final Candidate OTHER = new Candidate("other", "m");
  private static final GatewayProblem PROBLEM = CallerProblem.invalid("no");

  private final List<String> log = new ArrayList<>();

  /** A hold that logs its events. */
  private Hold hold(String name) {
    return new Hold() {
      @Override
      public void recordUsage(Usage usage) {
        log.add(name + " used " + usage.output());
      }

      @Override
      public void recordPieces(int pieces) {
        log.add(name + " used " + pieces + " pieces");
      }

      @Override
      protected void onSettle(Optional<GatewayProblem> problem) {
        log.add(name + " settled");
      }

      @Override
      protected void onRelease() {
        log.add(name + " released");
      }
    };
  }

  private enum CallEvent {
    LIMIT_TAKEN,
    PROVIDER_LIMIT_TAKEN,
    LISTENERS_GIVEN,
    TOKEN,
    USAGE,
    ATTEMPT_FAILED,
    ANSWERED,
    CANCELLED
  }

  @Test
  void aCallSettlesEachHoldAndCallsItsListenersOnce() {
    forEachOrder(List.of(CallEvent.values()), order -> new EveryOrderTest().live(order));
  }

  private void live(List<CallEvent> order) {
    Call call = new Call("req-1", new TestRequest(), new TestSurface(), () -> 1_000);
    call.beginAttempt(ONE);
    order.forEach(event -> happen(event, call));
    assertThat(log)
        .as(order.toString())
        .containsOnlyOnce("limit settled", "provider settled", "listeners")
        .doesNotContain("limit released", "provider released");
    boolean cancelled = isBefore(order, CallEvent.CANCELLED, CallEvent.ANSWERED);
    assertThat(call.outcome()).contains(cancelled ? Outcome.CANCELLED : Outcome.ANSWERED);
    assertThat(call.attempts()).allMatch(attempt -> attempt.endNanos() == 1_000);
    boolean counted = isBefore(order, CallEvent.USAGE, end(order));
    assertThat(call.attempts().stream().anyMatch(each -> each.usage().isPresent()))
        .as(order.toString())
        .isEqualTo(counted);
  }

  private static CallEvent end(List<CallEvent> order) {
    return isBefore(order, CallEvent.CANCELLED, CallEvent.ANSWERED)
        ? CallEvent.CANCELLED
        : CallEvent.ANSWERED;
  }

  private void happen(CallEvent event, Call call) {
    switch (event) {
      case LIMIT_TAKEN -> call.hold(hold("limit"));
      case PROVIDER_LIMIT_TAKEN -> call.current().hold(hold("provider"));
      case LISTENERS_GIVEN -> call.lifecycle().onEnd(() -> log.add("listeners"));
      case TOKEN -> call.observe(new ChatEvent.TextDelta(0, "Hi"));
      case USAGE -> call.observe(new ChatEvent.UsageReported(Usage.of(1, 2)));
      case ATTEMPT_FAILED -> {
        call.failAttempt(PROBLEM);
        call.beginAttempt(OTHER);
      }
      case ANSWERED -> call.observe(new ChatEvent.Ended());
      case CANCELLED -> call.end(Outcome.CANCELLED, Optional.empty());
    }
  }

  private enum AttemptEvent {
    TAKEN,
    USAGE,
    PIECE,
    FIRST_TOKEN,
    PROBLEM,
    END,
    SECOND_END
  }

  @Test
  void anAttemptSettlesItsHoldOnceWithTheBestThatIsKnownThen() {
    forEachOrder(List.of(AttemptEvent.values()), order -> new EveryOrderTest().attempt(order));
  }

  private void attempt(List<AttemptEvent> order) {
    Attempt attempt = new Attempt(ONE, Operation.CHAT, 500);
    for (AttemptEvent event : order) {
      switch (event) {
        case TAKEN -> attempt.hold(hold("provider"));
        case USAGE -> attempt.recordUsage(Usage.of(1, 2));
        case PIECE -> attempt.recordPiece();
        case FIRST_TOKEN -> attempt.recordFirstToken(700);
        case PROBLEM -> attempt.recordProblem(PROBLEM);
        case END -> attempt.end(1_000);
        case SECOND_END -> attempt.end(2_000);
      }
    }
    boolean first = isBefore(order, AttemptEvent.END, AttemptEvent.SECOND_END);
    assertThat(attempt.endNanos()).isEqualTo(first ? 1_000 : 2_000);
    List<String> expected = new ArrayList<>();
    known(order, first ? AttemptEvent.END : AttemptEvent.SECOND_END).ifPresent(expected::add);
    expected.add("provider settled");
    assertThat(log).as(order.toString()).isEqualTo(expected);
  }

  /** What a hold learns when it is settled: at the end, or when it is taken after the end. */
  private static Optional<String> known(List<AttemptEvent> order, AttemptEvent end) {
    AttemptEvent settled = isBefore(order, AttemptEvent.TAKEN, end) ? end : AttemptEvent.TAKEN;
    if (isBefore(order, AttemptEvent.USAGE, settled)) {
      return Optional.of("provider used 2");
    }
    if (isBefore(order, AttemptEvent.PIECE, settled)) {
      return Optional.of("provider used 1 pieces");
    }
    boolean nothing =
        isBefore(order, AttemptEvent.PROBLEM, settled)
            || !isBefore(order, AttemptEvent.FIRST_TOKEN, settled);
    return nothing ? Optional.of("provider used 0") : Optional.empty();
  }

  private static <E> boolean isBefore(List<E> order, E one, E other) {
    return order.indexOf(one) < order.indexOf(other);
  }

  private static <E> void forEachOrder(List<E> events, Consumer<List<E>> lived) {
    forEachOrder(new ArrayList<>(), new ArrayList<>(events), lived);
  }

  private static <E> void forEachOrder(List<E> begun, List<E> left, Consumer<List<E>> lived) {
    if (left.isEmpty()) {
      lived.accept(List.copyOf(begun));
    }
    for (int i = 0; i < left.size(); i++) {
      begun.add(left.remove(i));
      forEachOrder(begun, left, lived);
      left.add(i, begun.removeLast());
    }
  }
}
