package dev.serai.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.Experiment.Status;
import dev.serai.core.experiment.Experiment.Unit;
import dev.serai.core.experiment.ExperimentRequest;
import dev.serai.core.experiment.Variant;
import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonExperimentRequestsTest {
  private static final Set<String> ALL =
      Set.of("id", "tenant", "model", "unit", "status", "variants", "automatic");
  private static final String TWO =
      "'variants': [{'name': 'a', 'model': 'p/a', 'weight': 9}, {'name': 'b', 'model': 'p/b',"
          + " 'weight': 0}]";

  private static ExperimentRequest read(String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return new JsonExperimentRequests().read(bytes, ALL);
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    Experiment made = read("{'model': 'fast', " + TWO + "}").create("shop");
    assertThat(made)
        .isEqualTo(
            new Experiment(
                "",
                "shop",
                "fast",
                Unit.SESSION,
                Status.DRAFT,
                List.of(new Variant("a", "p/a", 9), new Variant("b", "p/b", 0))));
    Experiment full =
        read("{'id':'e','tenant':'mill','model':'m','unit':'key','status':'running','automatic':true,"
                + TWO
                + "}")
            .create("shop");
    assertThat(full.id()).isEqualTo("e");
    assertThat(full.tenant()).isEqualTo("mill");
    assertThat(full.unit()).isEqualTo(Unit.KEY);
    assertThat(full.status()).isEqualTo(Status.RUNNING);
    assertThat(full.rounds().automatic()).isTrue();
  }

  @Test
  void aVariantMayGetCopiesOfCalls() {
    Experiment made =
        read("{'model': 'm', 'variants': [{'name': 'a', 'model': 'p/a', 'weight': 9},"
                + " {'name': 'b', 'model': 'p/b', 'weight': 0, 'shadow': 25}]}")
            .create("shop");
    assertThat(made.variants().getLast()).isEqualTo(new Variant("b", "p/b", 0, 25));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'variants': [{'name': 'a', 'model': 'm', 'weight': 1}, {'name': 'b', 'model': 'n', 'weight': 1, 'shadow': 5}]}",
        "{'variants': [{'name': 'a', 'model': 'm', 'weight': 0, 'shadow': 5}, {'name': 'b', 'model': 'n', 'weight': 1}]}",
        "{'variants': [{'name': 'a', 'model': 'm', 'weight': 1}, {'name': 'b', 'model': 'n', 'weight': 0, 'shadow': 101}]}",
        "{'variants': []}",
        "{'variants': {}}",
        "{'variants': [{'name': 'a', 'model': 'm', 'weight': 1}]}",
        "{'variants': ['a', 'b']}",
        "{'variants': [{'name': 'a', 'model': 'm', 'weight': 1}, {'name': 'a', 'model': 'n', 'weight': 1}]}",
        "{'variants': [{'name': 'a', 'model': 'm', 'weight': 0}, {'name': 'b', 'model': 'n', 'weight': 0}]}",
        "{'variants': [{'name': 'a', 'model': 'm', 'weight': 1}, {'name': 'b', 'model': 'n', 'weight': 10001}]}",
        "{'variants': [{'name': 'a', 'model': 'm', 'weight': 1}, {'name': 'b', 'model': 'n', 'weight': -1}]}",
        "{'variants': [{'name': 'a', 'model': 'm', 'weight': 1}, {'name': 'b', 'model': 'n', 'weight': 0.5}]}",
        "{'variants': [{'name': 'a', 'model': 'm', 'weight': 1}, {'name': 'b', 'model': 'n'}]}",
        "{'variants': [{'name': 'a', 'model': 'm', 'weight': 1}, {'name': 'b/c', 'model': 'n', 'weight': 1}]}",
        "{'variants': [{'name': 'a', 'model': 'm', 'weight': 1}, {'name': 'b', 'model': '', 'weight': 1}]}",
        "{'variants': [{'name': 'a', 'model': 'm', 'weight': 1}, {'name': 'b', 'model': 'n', 'weight': 1, 'prompt': 1}]}",
        "{'unit': 'team'}",
        "{'status': 'paused'}",
        "{'automatic': 'yes'}",
        "{'model': 1}",
        "{'kind': 'shadow'}"
      })
  void whatIsWrongIsRefused(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            CallerProblem.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'model': 'fast'}", "{" + "'unit': 'key'}"})
  void aMissingMemberIsNamed(String json) {
    assertThatThrownBy(() -> read(json).create("shop"))
        .isInstanceOf(CallerProblem.class)
        .hasMessageMatching("'(model|variants)' is required\\.");
  }
}
