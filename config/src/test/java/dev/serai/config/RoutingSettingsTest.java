package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes in what decides which model is called. */
class RoutingSettingsTest {
  private static final String STRATEGIES =
      "; the strategy of all models is general.routing_strategy, that of an alias is"
          + " models.NAME.strategy, and that of a tenant is routing.tenants.NAME.strategy";

  @TempDir Path path;

  @Test
  void aStrategyInTheWrongPlaceLeadsToTheRightOnes() {
    Folder folder = new Folder(path);
    folder.yaml(
        """
        routing: {strategy: latency}
        models:
          fast:
            targets: [{model: openai/gpt-4o, strategy: latency}]
        """);

    assertThat(folder.problems(Map.of()))
        .containsExactly(
            "config/serai.yaml:1: routing.strategy: unknown key; allowed in routing: bandit,"
                + " cache_affinity, tenants"
                + STRATEGIES,
            "config/serai.yaml:4: models.fast.targets[0].strategy: unknown key; allowed in"
                + " models.fast.targets: model, weight"
                + STRATEGIES);
  }

  @Test
  void everyNumberThatABanditCannotUseIsNamedWithItsLine() {
    Folder folder = new Folder(path);
    folder.yaml(
        """
        routing:
          bandit:
            reward:
              success: 0
              quality: 0
              speed: 0
              half_speed: 0s
              high_cost_usd: 0
        """);

    assertThat(folder.problems(Map.of()))
        .containsExactly(
            "config/serai.yaml:3: routing.bandit.reward: success, quality or speed must be above 0",
            "config/serai.yaml:7: routing.bandit.reward.half_speed: \"0s\" was read; half_speed must"
                + " be above 0s",
            "config/serai.yaml:8: routing.bandit.reward.high_cost_usd: \"0\" was read;"
                + " high_cost_usd must be above 0");
  }
}
