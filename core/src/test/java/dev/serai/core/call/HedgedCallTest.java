package dev.serai.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.cache.CacheUse;
import dev.serai.core.caller.Caller;
import dev.serai.core.experiment.assigned.AssignedModel;
import dev.serai.core.experiment.assigned.Assignment;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.privacy.Placeholders;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Plan;
import dev.serai.core.routing.QualityTarget;
import dev.serai.core.routing.RoutingCriteria;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A second attempt sees all of its call but what is about the end of it. */
class HedgedCallTest {
  private static final Candidate ONE = new Candidate("one", "m");
  private static final Candidate OTHER = new Candidate("other", "m");

  /** What only the call itself has. Another field of a call has to be copied, and set below. */
  private static final Set<String> LEFT_OUT =
      Set.of("outcome", "problem", "endNanos", "streaming", "withheld");

  /** What the second attempt has an own copy of. */
  private static final Set<String> COPIED_ANEW = Set.of("attempts", "placeholders");

  @Test
  void everyFieldOfACallIsCopiedOrLeftOutOnPurpose() throws ReflectiveOperationException {
    Call empty = new Call("req-0", new TestRequest(), new TestSurface(), () -> 1);
    Call call = call();
    Call view = HedgedAttempts.begin(call, OTHER);
    List<Field> fields =
        Arrays.stream(Call.class.getDeclaredFields())
            .filter(field -> !Modifier.isStatic(field.getModifiers()))
            .filter(field -> !LEFT_OUT.contains(field.getName()))
            .toList();
    for (Field field : fields) {
      field.setAccessible(true);
      assertThat(isSame(field, call, empty))
          .as("'%s' of a call is not set by this test", field.getName())
          .isFalse();
      assertThat(isSame(field, view, call))
          .as("'%s' of a call is not what its second attempt sees", field.getName())
          .isEqualTo(!COPIED_ANEW.contains(field.getName()));
    }
    assertThat(view.attempts()).hasSize(2).first().isSameAs(call.current());
    assertThat(view.placeholders()).isPresent();
  }

  private static boolean isSame(Field field, Call one, Call other) throws IllegalAccessException {
    return field.getType().isPrimitive()
        ? field.get(one).equals(field.get(other))
        : field.get(one) == field.get(other);
  }

  private static Call call() {
    Call call = new Call("req-1", new TestRequest(), new TestSurface(), () -> 2);
    call.timeMillis(() -> Instant.ofEpochMilli(7));
    call.assign(new AssignedModel(new Assignment("trial", "b", true), "slow", false));
    call.setPlan(new Plan("slow", List.of(ONE, OTHER), "provider named"));
    call.setTrace(silent());
    call.setCaller(new Caller("shop", "k", "s", ""));
    call.setClientHeaders(new HeaderFields().add("x-request-id", "theirs"));
    call.describe(
        new CallBounds(Optional.of(Duration.ofSeconds(1)), 1),
        new RoutingCriteria(
            RoutingCriteria.NONE.required(),
            RoutingCriteria.NONE.preferred(),
            new QualityTarget(
                Optional.of(QualityTarget.Level.HIGH),
                OptionalLong.empty(),
                true,
                Optional.empty())));
    call.setPlaceholders(new Placeholders());
    call.setOutputGuards(new ArrayList<>());
    call.setCacheUse(new CacheUse(CacheUse.Result.HIT, Optional.empty()));
    call.beginAttempt(ONE);
    return call;
  }

  private static CallTrace silent() {
    Class<?>[] types = {CallTrace.class};
    return (CallTrace)
        Proxy.newProxyInstance(CallTrace.class.getClassLoader(), types, (_, _, _) -> null);
  }
}
