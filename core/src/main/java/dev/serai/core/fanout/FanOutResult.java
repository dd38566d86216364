package dev.serai.core.fanout;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/**
 * What has come of a fan-out. Immutable.
 *
 * @param aggregation how the response was made
 * @param asked how many candidates were asked
 * @param responses how many have responded
 * @param agreement the share of the responses that agree with the one that was chosen, from 0 to 1;
 *     empty if they were not compared
 * @param score that the judge gave the one that was chosen, from 0 to 1; empty without a judge, or
 *     if it gave none
 */
public record FanOutResult(
    Aggregation aggregation,
    int asked,
    int responses,
    OptionalDouble agreement,
    OptionalDouble score) {

  /** The same, of which one was chosen because it agrees with others. */
  public FanOutResult agreed(double share) {
    return new FanOutResult(
        aggregation, asked, responses, OptionalDouble.of(share), OptionalDouble.empty());
  }

  /** The same, of which one was chosen because it has the highest score. */
  public FanOutResult judged(double highest) {
    return new FanOutResult(
        aggregation, asked, responses, OptionalDouble.empty(), OptionalDouble.of(highest));
  }

  /** The agreement with two digits, such as {@code 0.67}; empty if there is none. */
  public String agreementText() {
    return text(agreement);
  }

  /** The score with two digits, such as {@code 0.90}; empty if there is none. */
  public String scoreText() {
    return text(score);
  }

  private static String text(OptionalDouble share) {
    return share.isPresent()
        ? BigDecimal.valueOf(share.getAsDouble()).setScale(2, RoundingMode.HALF_UP).toPlainString()
        : "";
  }
}
