package dev.serai.gateway.probes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HealthProbesTest {
  private final AtomicLong nanos = new AtomicLong(1_000);
  private final List<String> sent = new ArrayList<>();
  private final List<Runnable> ends = new ArrayList<>();
  private double random = 0.5;

  private HealthProbes of(List<String> models) {
    return new HealthProbes(
        models,
        (model, ended) -> {
          sent.add(model);
          ends.add(ended);
        },
        new HealthProbes.Pace(Duration.ofSeconds(10), () -> random, nanos::get));
  }

  private void after(HealthProbes probes, long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    probes.poll();
  }

  @Test
  void theFirstProbeIsWithinTheIntervalAndTheNextAboutOneLater() {
    HealthProbes probes = of(List.of("a/m", "a/m"));
    after(probes, 4_999);
    assertThat(sent).isEmpty();
    random = 0; // a tenth earlier
    after(probes, 1);
    assertThat(sent).containsExactly("a/m");
    ends.getFirst().run();
    after(probes, 8_999);
    assertThat(sent).hasSize(1);
    random = 0.999; // a tenth later
    after(probes, 1);
    assertThat(sent).hasSize(2);
    ends.getLast().run();
    after(probes, 10_900);
    assertThat(sent).hasSize(2);
    after(probes, 100);
    assertThat(sent).hasSize(3);
  }

  @Test
  void aModelHasOneProbeAtATime() {
    HealthProbes probes = of(List.of("a/m"));
    after(probes, 5_000);
    after(probes, 60_000);
    assertThat(sent).hasSize(1);
    ends.getFirst().run();
    ends.getFirst().run(); // frees its place once
    after(probes, 0);
    assertThat(sent).hasSize(2);
  }

  @Test
  void fewRunAtATimeAndTheOthersFollow() {
    List<String> models = IntStream.range(0, 10).mapToObj(i -> "a/" + i).toList();
    HealthProbes probes = of(models);
    after(probes, 5_000);
    assertThat(sent).hasSize(HealthProbes.MAX_AT_ONCE);
    ends.getFirst().run();
    after(probes, 0);
    assertThat(sent).containsExactlyElementsOf(models.subList(0, 5));
  }

  @Test
  void aModelThatWasProbedWaitsForThoseThatAreDueLonger() {
    List<String> models = IntStream.range(0, 8).mapToObj(i -> "a/" + i).toList();
    HealthProbes probes = of(models);
    after(probes, 5_000);
    ends.forEach(Runnable::run); // the first four, when all are due again
    ends.clear();
    after(probes, 20_000);
    assertThat(sent.subList(4, 8)).containsExactlyElementsOf(models.subList(4, 8));
  }

  @Test
  void aProbeThatCannotBeSentGivesItsPlaceBack() {
    HealthProbes probes =
        new HealthProbes(
            List.of("a/m"),
            (model, ended) -> {
              sent.add(model);
              throw new IllegalStateException("no route");
            },
            new HealthProbes.Pace(Duration.ofSeconds(10), () -> random, nanos::get));
    for (int i = 1; i <= 2 * HealthProbes.MAX_AT_ONCE; i++) {
      assertThatIllegalStateException().isThrownBy(() -> after(probes, 11_000));
      assertThat(sent).hasSize(i);
    }
  }
}
