package dev.serai.processors.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.serai.core.bandit.BanditAlgorithm;
import dev.serai.core.bandit.BanditContext;
import dev.serai.core.bandit.BanditRules;
import dev.serai.core.bandit.RewardRules;
import dev.serai.core.call.Call;
import dev.serai.core.chat.Usage;
import dev.serai.core.features.TaskCluster;
import dev.serai.core.model.Charge;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.QualityTarget;
import dev.serai.core.routing.QualityTarget.Level;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.core.routing.Strategy;
import dev.serai.processors.routing.strategy.Ranking.Ranked;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prices for a million tokens: {@code nano} 0.2, {@code mini} 1, {@code large} 10. */
class QualityTargetsTest {
  private static final Candidate NANO = new Candidate("p", "nano");
  private static final Candidate MINI = new Candidate("p", "mini");
  private static final Candidate LARGE = new Candidate("p", "large");
  private static final Candidate UNPRICED = new Candidate("p", "unpriced");
  private static final long MILLI = 1_000_000;

  private final CallFixtures fixtures = new CallFixtures();
  private final Models catalogue = new Models();
  private final CandidateStats stats = new CandidateStats(fixtures.clock::get);
  private final Random samples = new Random(1);
  private final Bandits bandits =
      new Bandits(
          new Bandits.Rules(BanditRules.of(BanditAlgorithm.POOLED), RewardRules.DEFAULT),
          () -> samples,
          InstantSource.fixed(Instant.EPOCH));
  private final QualityForecast forecast = new QualityForecast(catalogue, bandits);
  private final Strategies strategies =
      new Strategies(
          catalogue,
          stats,
          new Strategies.Learned(
              new CacheAffinity(() -> Duration.ZERO, fixtures.clock::get), bandits),
          new Random(7)::nextLong);

  @ParameterizedTest
  @CsvSource({"FAST, nano mini large", "BALANCED, mini large nano", "HIGH, large mini nano"})
  void theCheapestAboveTheFloorIsFirstAndThoseBelowAreLast(Level level, String order) {
    assertThat(order(target(level), LARGE, NANO, MINI)).isEqualTo(order);
  }

  @Test
  void theReasonSaysWhatTheQualityIsFromAndThatNoneReachesTheFloor() {
    assertThat(rank(target(Level.BALANCED), MINI, LARGE).note())
        .isEqualTo("quality_target balanced, quality of the first 0.75 by price");
    assertThat(rank(target(Level.HIGH), NANO, MINI).note())
        .isEqualTo("quality_target high reached by none, quality of the first 0.75 by price");
    assertThat(rank(QualityTarget.NONE, NANO, MINI).note()).isEmpty();
  }

  @Test
  void theSettingsGoBeforeThePrice() {
    catalogue.qualities.put(NANO, 0.9);
    catalogue.qualities.put(LARGE, 0.5);
    assertThat(order(target(Level.HIGH), LARGE, NANO, MINI)).isEqualTo("nano mini large");
    assertThat(remark(rank(target(Level.HIGH), LARGE, NANO), LARGE))
        .isEqualTo("its predicted quality is 0.50 by settings, below the floor 0.85");
  }

  @Test
  void aFallbackThatReachesTheFloorIsTriedBeforeATargetThatDoesNot() {
    ModelCatalogue.ModelRoute route =
        new ModelCatalogue.ModelRoute(
            List.of(new ModelCatalogue.Target(NANO, 1)), List.of(LARGE), "alias");
    assertThat(strategies.rank(route, request(target(Level.HIGH))).candidates())
        .containsExactly(LARGE, NANO);
    assertThat(strategies.rank(route, request(QualityTarget.NONE)).candidates())
        .containsExactly(NANO, LARGE);
  }

  @Test
  void whatOutcomesAreMissingLowersTheQualityForThatKindOfWork() {
    double before = predicted(LARGE, TaskCluster.CHAT);
    learn(LARGE, 9, 0);
    assertThat(predicted(LARGE, TaskCluster.CHAT)).as("of too few calls").isEqualTo(before);
    learn(LARGE, 11, 1);
    assertThat(predicted(LARGE, TaskCluster.CHAT)).isCloseTo(0.87 * 11 / 20 / 0.9, within(1e-9));
    assertThat(predicted(LARGE, TaskCluster.CODE)).isEqualTo(before);
  }

  private void learn(Candidate candidate, int times, double reward) {
    bandits.open("asked");
    for (int i = 0; i < times; i++) {
      bandits
          .inUse()
          .get("asked")
          .learn(BanditContext.of(TaskCluster.CHAT.ordinal()), bandits.arm(candidate), reward);
    }
  }

  private double predicted(Candidate candidate, TaskCluster cluster) {
    return forecast.predict(candidate, "asked", cluster).quality();
  }

  @Test
  void aCallThatWouldCostMoreIsLeftOutAndNoneLeftIsRefused() {
    // 300 tokens of the response and one of the prompt
    QualityTarget cents = new QualityTarget(Optional.empty(), usd(0.001), true, Optional.empty());
    Ranking ranking = rank(cents, LARGE, MINI, UNPRICED);
    assertThat(ranking.candidates()).containsExactly(MINI);
    assertThat(ranking.leftOut())
        .extracting(one -> one.candidate().model() + ": " + one.why())
        .containsExactly(
            "large: the call costs about 0.00301 USD, above the 0.001 asked for",
            "unpriced: its price is not known");
    QualityTarget tiny = new QualityTarget(Optional.empty(), usd(1e-7), false, Optional.empty());
    assertThat(rank(tiny, LARGE, UNPRICED).leftOut())
        .extracting(one -> one.why())
        .containsExactly("the call costs about 0.00301 USD, above the 0.0000001 asked for");
    assertThatThrownBy(() -> rank(cents, LARGE))
        .isInstanceOfSatisfying(
            CallerProblem.class,
            problem -> assertThat(problem.code()).isEqualTo("no_models_available"));
  }

  @Test
  void withACostThatIsOnlyAssumedAnUnknownPriceComesAfterTheOthers() {
    QualityTarget assumed =
        new QualityTarget(Optional.of(Level.FAST), usd(0.05), false, Optional.empty());
    Ranking ranking = rank(assumed, UNPRICED, LARGE);
    assertThat(ranking.candidates()).containsExactly(LARGE, UNPRICED);
    assertThat(remark(ranking, UNPRICED)).isEqualTo("its price is not known");
  }

  @Test
  void aCandidateThatIsTooSlowComesAfterTheOthersUntilItsMeasureFades() {
    QualityTarget soon =
        new QualityTarget(
            Optional.of(Level.FAST),
            OptionalLong.empty(),
            true,
            Optional.of(Duration.ofSeconds(2)));
    for (int i = 0; i < 18; i++) {
      measure(NANO, 100);
    }
    measure(NANO, 1_300);
    assertThat(order(soon, NANO, MINI)).as("one of 19 is not one of 20").isEqualTo("mini nano");
    measure(NANO, 100);
    assertThat(order(soon, NANO, MINI)).isEqualTo("nano mini");
    measure(NANO, 1_300);
    Ranking ranking = rank(soon, NANO, MINI);
    assertThat(ranking.candidates()).containsExactly(MINI, NANO);
    assertThat(remark(ranking, NANO)).isEqualTo("its first token takes up to 1300 ms as measured");
    fixtures.clock.addAndGet(60_000 * MILLI);
    assertThat(order(soon, NANO, MINI)).isEqualTo("nano mini");
  }

  @Test
  void aBanditDrawsAmongThoseThatReachTheFloorOnly() {
    RoutingCriteria drawn = criteria(target(Level.BALANCED)).with(Strategy.BANDIT);
    for (int i = 0; i < 50; i++) {
      Ranking ranking = strategies.rank(route(NANO, MINI, LARGE), request(drawn));
      assertThat(ranking.rule()).isEqualTo("bandit");
      assertThat(ranking.candidates()).endsWith(NANO).hasSize(3);
    }
  }

  private static QualityTarget target(Level level) {
    return new QualityTarget(Optional.of(level), OptionalLong.empty(), true, Optional.empty());
  }

  private static OptionalLong usd(double usd) {
    return OptionalLong.of(Math.round(usd * 1e9));
  }

  private static RoutingCriteria criteria(QualityTarget target) {
    return RoutingCriteria.NONE.with(target);
  }

  private Ranking rank(QualityTarget target, Candidate... candidates) {
    return strategies.rank(route(candidates), request(target));
  }

  private String order(QualityTarget target, Candidate... candidates) {
    return String.join(
        " ", rank(target, candidates).candidates().stream().map(Candidate::model).toList());
  }

  private static String remark(Ranking ranking, Candidate candidate) {
    return ranking.order().stream()
        .filter(one -> one.candidate().equals(candidate))
        .map(Ranked::remark)
        .findFirst()
        .orElseThrow();
  }

  private static ModelCatalogue.ModelRoute route(Candidate... candidates) {
    List<ModelCatalogue.Target> targets =
        Stream.of(candidates).map(one -> new ModelCatalogue.Target(one, 1)).toList();
    return new ModelCatalogue.ModelRoute(targets, List.of(), "alias");
  }

  private static RoutingRequest request(QualityTarget target) {
    return request(criteria(target));
  }

  private static RoutingRequest request(RoutingCriteria criteria) {
    return new RoutingRequest("asked", "", "", criteria, Optional.empty(), Optional.empty());
  }

  /** A stream whose first token takes this long. */
  private void measure(Candidate candidate, long millis) {
    Call call = Calls.of(fixtures.exchangeFor("asked"));
    stats.begin(call.beginAttempt(candidate));
    fixtures.clock.addAndGet(millis * MILLI);
    call.recordToken();
    call.end(Call.Outcome.ANSWERED, Optional.empty());
  }

  private static final class Models implements ModelCatalogue {
    private static final Map<Candidate, Double> PRICES = Map.of(NANO, 0.2, MINI, 1.0, LARGE, 10.0);

    private final Map<Candidate, Double> qualities = new HashMap<>();

    @Override
    public Optional<ModelRoute> find(String name) {
      return Optional.empty();
    }

    @Override
    public List<String> aliases() {
      return List.of();
    }

    @Override
    public List<String> modelsOf(String provider) {
      return List.of();
    }

    @Override
    public OptionalDouble quality(Candidate candidate) {
      Double quality = qualities.get(candidate);
      return quality == null ? OptionalDouble.empty() : OptionalDouble.of(quality);
    }

    @Override
    public ModelFacts facts(Candidate candidate) {
      Double usd = PRICES.get(candidate);
      if (usd == null) {
        return ModelFacts.UNKNOWN;
      }
      BigDecimal token = BigDecimal.valueOf(usd).movePointLeft(6);
      return ModelFacts.UNKNOWN.withPrices(Map.of(Charge.INPUT, token, Charge.OUTPUT, token));
    }

    @Override
    public OptionalLong costNanoUsd(Candidate candidate, Usage usage) {
      Double usd = PRICES.get(candidate);
      return usd == null
          ? OptionalLong.empty()
          : OptionalLong.of(Math.round((usage.input() + usage.output()) * usd * 1000));
    }
  }
}
