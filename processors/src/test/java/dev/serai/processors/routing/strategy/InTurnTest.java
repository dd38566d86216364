package dev.serai.processors.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.routing.Candidate;
import java.util.List;
import org.junit.jupiter.api.Test;

class InTurnTest {
  private static final Target A = new Target(new Candidate("a", "m"), 1);
  private static final Target B = new Target(new Candidate("b", "m"), 1);
  private static final Target C = new Target(new Candidate("c", "m"), 1);

  private final InTurn turns = new InTurn();

  @Test
  void callersWithDifferentTargetsDoNotResetEachOthersTurns() {
    StringBuilder all = new StringBuilder();
    StringBuilder some = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      all.append(first(List.of(A, B, C)));
      some.append(first(List.of(B, C)));
    }
    assertThat(all.toString()).isEqualTo("abcabc");
    assertThat(some.toString()).isEqualTo("bcbcbc");
  }

  private String first(List<Target> targets) {
    return turns
        .order(targets, RoutingRequest.of("fast"))
        .getFirst()
        .target()
        .candidate()
        .provider();
  }
}
