package dev.serai.processors.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.core.routing.RoutingCriteria.Preferred;
import dev.serai.core.routing.RoutingCriteria.Required;
import dev.serai.processors.routing.strategy.Ranking.LeftOut;
import dev.serai.processors.support.CallFixtures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequiredRegionTest {
  private static final Candidate A = new Candidate("a", "m");
  private static final Candidate B = new Candidate("b", "m");
  private static final Candidate C = new Candidate("c", "m");
  private static final Candidate SPARE = new Candidate("spare", "m");

  private final CallFixtures fixtures = new CallFixtures();
  private final KnownModels catalogue = new KnownModels();
  private final Strategies strategies =
      StrategyFixtures.strategies(
          catalogue,
          new CandidateStats(fixtures.clock::get),
          new CacheAffinity(() -> Duration.ZERO, fixtures.clock::get),
          bound -> 0);

  @Test
  void aRegionIsRequiredOfEveryCandidateAndAnUnknownOneIsAnother() {
    catalogue.regions.put(A, "eu-west-1");
    catalogue.regions.put(B, "europe");
    catalogue.regions.put(SPARE, "us");
    Required europe =
        new Required(
            false,
            false,
            false,
            0,
            OptionalLong.empty(),
            OptionalLong.empty(),
            Set.of("eu", "asia"));
    Ranking ranking =
        strategies.rank(
            new ModelCatalogue.ModelRoute(
                ModelCatalogue.Target.inOrder(List.of(A, B, C)), List.of(SPARE), "alias"),
            new RoutingRequest(
                "fast",
                "",
                "",
                new RoutingCriteria(europe, Preferred.NOTHING),
                Optional.empty(),
                Optional.empty()));
    assertThat(ranking.candidates()).containsExactly(A);
    assertThat(ranking.leftOut())
        .containsExactly(
            new LeftOut(B, "it runs in europe"),
            new LeftOut(C, "its region is not known"),
            new LeftOut(SPARE, "it runs in us"));
  }
}
