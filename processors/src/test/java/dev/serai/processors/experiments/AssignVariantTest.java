package dev.serai.processors.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.caller.Caller;
import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.Experiment.Status;
import dev.serai.core.experiment.Experiment.Unit;
import dev.serai.core.experiment.ExperimentSnapshot;
import dev.serai.core.experiment.Variant;
import dev.serai.processors.support.CallFixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssignVariantTest {
  private final ExperimentSnapshot experiments = new ExperimentSnapshot();

  private Call assigned(boolean challengers) {
    experiments.replace(
        List.of(
            new Experiment(
                "exp-1",
                "shop",
                "m",
                Unit.SESSION,
                Status.RUNNING,
                List.of(new Variant("now", "p/a", 0), new Variant("new", "p/b", 1)))));
    Call call = new Call("req-1", new CallFixtures.Request("m"), new CallFixtures.Words(), () -> 1);
    call.setCaller(new Caller("shop", "k", "s", ""));
    new AssignVariant(experiments, _ -> true, () -> challengers).assign(call);
    return call;
  }

  @Test
  void whileChallengersAreDisabledEveryCallGetsTheChampion() {
    assertThat(assigned(true).plannedModel()).isEqualTo("p/b");
    assertThat(assigned(false).plannedModel()).isEqualTo("p/a");
    assertThat(assigned(false).assigned().orElseThrow().assignment().challenger()).isFalse();
  }
}
