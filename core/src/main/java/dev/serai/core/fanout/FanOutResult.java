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
 */
public record FanOutResult(
    Aggregation aggregation, int asked, int responses, OptionalDouble agreement) {

  /** The agreement with two digits, such as {@code 0.67}; empty if there is none. */
  public String agreementText() {
    return agreement.isPresent()
        ? BigDecimal.valueOf(agreement.getAsDouble())
            .setScale(2, RoundingMode.HALF_UP)
            .toPlainString()
        : "";
  }
}
