package dev.serai.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call.Outcome;
import dev.serai.core.chat.Usage;
import dev.serai.core.fanout.Aggregation;
import dev.serai.core.fanout.FanOutRules;
import dev.serai.core.fanout.FanOutRules.Choice;
import dev.serai.core.limit.Hold;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.AttemptRules;
import dev.serai.core.routing.AttemptRules.HedgeRules;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Failover;
import dev.serai.core.routing.Plan;
import dev.serai.core.routing.RoutingCriteria;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FanOutAttemptsTest {
  private static final List<Candidate> THREE =
      List.of(new Candidate("a", "m"), new Candidate("b", "m"), new Candidate("c", "m"));

  private final AtomicLong clock = new AtomicLong(1_000);

  private Call call(List<Candidate> candidates, int width) {
    Call call = new Call("req-1", new TestRequest(), new TestSurface(), clock::get);
    FanOutRules rules =
        new FanOutRules(
            Optional.of(Aggregation.CONSENSUS), width, 1, Duration.ZERO, "fan-out", Choice.NONE);
    AttemptRules attempts =
        new AttemptRules(
            DeadlineOverrides.NONE,
            Failover.DEFAULT,
            OptionalInt.empty(),
            Map.of(),
            HedgeRules.OFF,
            rules);
    call.setPlan(new Plan("sure", candidates, "alias sure", attempts));
    return call;
  }

  @Test
  void theWidthIsThatOfTheAliasAsFarAsThePlanAndTheClientAllow() {
    assertThat(FanOutAttempts.width(call(THREE, 2))).isEqualTo(2);
    assertThat(FanOutAttempts.width(call(THREE, 5))).isEqualTo(3);
    Call bound = call(THREE, 3);
    bound.describe(new CallBounds(Optional.empty(), 1), RoutingCriteria.NONE);
    assertThat(FanOutAttempts.width(bound)).isEqualTo(1);
    Call plain = call(THREE, 3);
    plain.setPlan(new Plan("m", THREE, "provider named"));
    assertThat(FanOutAttempts.width(plain)).isEqualTo(1);
  }

  @Test
  void eachBranchSeesItselfAsTheCurrentOneAndTheOthersBesideIt() {
    Call call = call(THREE, 3);
    List<Call> views = FanOutAttempts.begin(call, THREE);
    assertThat(call.attempts()).hasSize(3).allMatch(Attempt::isBranch);
    for (int i = 0; i < 3; i++) {
      assertThat(views.get(i).current()).isSameAs(call.attempts().get(i));
      assertThat(views.get(i).attempts()).containsExactlyInAnyOrderElementsOf(call.attempts());
      assertThat(HedgedAttempts.runsBeside(views.get(i))).isTrue();
    }
    views.getFirst().failAttempt(problem());
    views.getLast().failAttempt(problem());
    assertThat(HedgedAttempts.runsBeside(views.get(1))).as("both others have failed").isFalse();
    FanOutAttempts.responded(views.get(1));
    assertThat(HedgedAttempts.runsBeside(views.getFirst())).as("one has responded").isTrue();
  }

  @Test
  void aCallLastsUntilItsEndAlsoIfItsResponseWasThereBefore() {
    Call call = call(THREE, 3);
    List<Call> views = FanOutAttempts.begin(call, THREE);
    clock.set(2_000);
    FanOutAttempts.responded(views.getLast());
    clock.set(5_000);
    call.end(Outcome.ANSWERED, Optional.empty());
    assertThat(views.getLast().current().endNanos()).isEqualTo(2_000);
    assertThat(call.elapsedNanos()).isEqualTo(4_000);
  }

  @Test
  void limitsCountTheTokensOfAllThatResponded() {
    Call call = call(THREE, 3);
    AtomicLong input = new AtomicLong();
    call.hold(
        new Hold() {
          @Override
          public void recordUsage(Usage usage) {
            input.set(usage.input());
          }

          @Override
          protected void onSettle(Optional<GatewayProblem> problem) {}

          @Override
          protected void onRelease() {}
        });
    List<Call> views = FanOutAttempts.begin(call, THREE);
    views.forEach(view -> view.current().recordUsage(Usage.of(10, 1)));
    views.getFirst().failAttempt(problem());
    FanOutAttempts.leave(views.get(1));
    call.end(Outcome.ANSWERED, Optional.empty());
    assertThat(input.get()).as("not of the one that failed").isEqualTo(20);
  }

  private static GatewayProblem problem() {
    return ProviderProblem.of("a", FailureCause.OVERLOADED, 500).build();
  }
}
