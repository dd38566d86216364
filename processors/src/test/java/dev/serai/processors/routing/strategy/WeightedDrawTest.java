package dev.serai.processors.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.routing.Candidate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Draws of targets whose weights together are more than an int holds. */
class WeightedDrawTest {
  private static final int TARGETS = 3_000;
  private static final int WEIGHT = 1_000_000;
  private static final int DRAWN = 16;

  @Test
  void theSumOfTheWeightsMayBeLargerThanAnInt() {
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < TARGETS; i++) {
      targets.add(new Target(new Candidate("p", "m" + i), WEIGHT));
    }
    List<Long> bounds = new ArrayList<>();
    WeightedDraw last =
        new WeightedDraw(
            bound -> {
              bounds.add(bound);
              return bound - 1;
            });
    List<Target> order = last.order(targets);
    assertThat(order.subList(0, DRAWN)).isEqualTo(targets.reversed().subList(0, DRAWN));
    assertThat(order.subList(DRAWN, TARGETS))
        .as("as configured")
        .isEqualTo(targets.subList(0, TARGETS - DRAWN));
    assertThat(bounds).startsWith((long) TARGETS * WEIGHT).allMatch(bound -> bound > 0);
  }
}
