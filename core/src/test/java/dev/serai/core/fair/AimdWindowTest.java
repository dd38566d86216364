package dev.serai.core.fair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.fair.rules.WindowRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The window finds the capacity of a provider. */
class AimdWindowTest {
  private static final WindowRules RULES = new WindowRules(1, 10, 1000, 0);
  private static final WindowRules PATIENT = new WindowRules(2, 20, 50, 2);
  private static final long SECOND = Simulation.SECOND;

  @ParameterizedTest
  @ValueSource(ints = {15, 40, 120})
  void itFindsAHiddenCapacityIn30SecondsAndStaysUnderIt(int capacity) {
    Simulation simulation = new Simulation(Simulation.rules(RULES), capacity);
    simulation.calls("acme", 2.0 * capacity);
    simulation.run(30);
    for (int round = 0; round < 6; round++) {
      assertThat(simulation.scheduler().limit())
          .as("window after %s s", 30 + 10 * round)
          .isBetween((int) Math.ceil(0.9 * capacity), (int) (1.1 * capacity));
      simulation.run(10);
    }
    assertThat(simulation.refusedShare()).as("refused by the provider").isLessThan(0.01);
  }

  @Test
  void itFollowsACapacityThatFallsAndRises() {
    Simulation simulation = new Simulation(Simulation.rules(RULES), 80);
    simulation.calls("acme", 200);
    simulation.run(30);
    simulation.capacity(30);
    simulation.run(30);
    assertThat(simulation.scheduler().limit()).isBetween(27, 33);
    simulation.capacity(80);
    simulation.run(60);
    assertThat(simulation.scheduler().limit()).isBetween(72, 88);
  }

  @Test
  void itDoesNotGrowWhileItIsNotFull() {
    AimdWindow window = new AimdWindow(RULES);
    for (int i = 0; i < 1000; i++) {
      window.succeeded(RULES, false, i * SECOND);
    }
    assertThat(window.limit(RULES)).isEqualTo(10);
  }

  @Test
  void failuresOfOneRoundShrinkItOnce() {
    AimdWindow window = new AimdWindow(PATIENT);
    for (int i = 0; i < 20; i++) {
      window.overloaded(PATIENT, 0, SECOND + i);
    }
    assertThat(window.limit(PATIENT)).isEqualTo(19);
    window.overloaded(PATIENT, 2 * SECOND, 3 * SECOND);
    assertThat(window.limit(PATIENT)).as("the next round failed too").isEqualTo(15);
    for (int i = 4; i < 100; i++) {
      window.overloaded(PATIENT, i * SECOND, i * SECOND + 1);
    }
    assertThat(window.limit(PATIENT)).as("the lowest size").isEqualTo(2);
  }

  @Test
  void itShrinksWhenTheLatencyRisesAndGrowsWhenItIsNormal() {
    AimdWindow window = new AimdWindow(PATIENT);
    reply(window, 100, SECOND);
    int before = window.limit(PATIENT);
    reply(window, 100, 5 * SECOND);
    int slow = window.limit(PATIENT);
    assertThat(slow).isLessThan(before);
    reply(window, 200, SECOND);
    assertThat(window.limit(PATIENT)).isGreaterThan(slow);
  }

  private static void reply(AimdWindow window, int count, long latency) {
    for (int i = 0; i < count; i++) {
      window.measured(PATIENT, latency);
      window.succeeded(PATIENT, true, i * SECOND);
    }
  }
}
