package dev.serai.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers behind a choice: samples, distributions, marginal likelihoods. */
class SamplersTest {
  private static final int DRAWS = 200_000;

  private final SplittableRandom random = new SplittableRandom(5);

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.4, 1, 1.5, 3, 20, 400, 10_000})
  void gammaVariatesHaveTheMomentsOfTheirShape(double shape) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double x = BetaSampler.gamma(shape, random);
      sum += x;
      squares += x * x;
    }
    double mean = sum / DRAWS;
    assertThat(mean).isCloseTo(shape, within(5 * Math.sqrt(shape / DRAWS)));
    assertThat(squares / DRAWS - mean * mean).isCloseTo(shape, within(0.06 * shape + 0.002));
  }

  @ParameterizedTest
  @CsvSource({"0.3, 0.7", "1, 1", "1, 50", "4, 2", "6, 6", "7, 30", "80, 20", "900, 2000"})
  void betaVariatesHaveTheMomentsOfTheirShapes(double a, double b) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double x = BetaSampler.sample(a, b, random);
      assertThat(x).isBetween(0.0, 1.0);
      sum += x;
      squares += x * x;
    }
    double mean = a / (a + b);
    double variance = mean * (1 - mean) / (a + b + 1);
    double seen = sum / DRAWS;
    assertThat(seen).isCloseTo(mean, within(5 * Math.sqrt(variance / DRAWS)));
    assertThat(squares / DRAWS - seen * seen).isCloseTo(variance, within(0.03 * variance));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "1, 6", "4, 4", "30, 3", "200, 300"})
  void theCurveIsThatOfTheSamples(double a, double b) {
    double[] draws =
        IntStream.range(0, DRAWS)
            .mapToDouble(_ -> BetaSampler.sample(a, b, random))
            .sorted()
            .toArray();
    for (double share : new double[] {0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99}) {
      double quantile = draws[(int) (share * DRAWS)];
      assertThat(BetaCurve.cdf(a, b, quantile)).isCloseTo(share, within(0.02));
    }
    assertThat(BetaCurve.cdf(a, b, 0)).isZero();
    assertThat(BetaCurve.cdf(a, b, 1)).isEqualTo(1);
  }

  @Test
  void aQuantileIsThatOfTheCurveAlsoFarOut() {
    for (double z = -7; z <= 7; z += 0.5) {
      double rate = BetaCurve.quantile(6, 6, z);
      assertThat(rate).isGreaterThan(BetaCurve.quantile(6, 6, z - 0.01)).isBetween(0.0, 1.0);
      assertThat(BetaCurve.quantile(6, 6, -z)).isCloseTo(1 - rate, within(1e-9));
    }
    double oneDeviation = BetaCurve.cdf(8, 20, BetaCurve.quantile(8, 20, 1));
    assertThat(oneDeviation).isCloseTo(0.8413, within(0.001));
  }

  @Test
  void theLogarithmOfTheGammaFunctionIsThatOfFactorials() {
    double logarithm = 0;
    for (int n = 1; n < 100; n++) {
      assertThat(LogGamma.of(n)).isCloseTo(logarithm, within(1e-9));
      logarithm += Math.log(n);
    }
    assertThat(LogGamma.of(0.5)).isCloseTo(0.5 * Math.log(Math.PI), within(1e-9));
    assertThat(LogGamma.logBeta(2, 3)).isCloseTo(Math.log(1.0 / 12), within(1e-9));
  }
}
