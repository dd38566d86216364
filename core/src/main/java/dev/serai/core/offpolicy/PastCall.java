package dev.serai.core.offpolicy;

import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.PolicyFeatures;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A call of the past: what was known before its candidate was chosen, the choice, and its outcome.
 * Immutable.
 *
 * @param model the name that the call asked for
 * @param tenant that made it
 * @param timeMillis in milliseconds since 1970 (UTC)
 * @param features of its request; empty if they are not known
 * @param chosen the candidate that was tried first
 * @param propensity the probability with which it was to be chosen; empty if it is not known
 * @param result its outcome
 */
public record PastCall(
    String model,
    String tenant,
    long timeMillis,
    Optional<PolicyFeatures> features,
    Candidate chosen,
    OptionalDouble propensity,
    Result result) {
  /**
   * The outcome of a call.
   *
   * @param answered whether the first candidate has answered
   * @param usd what all attempts cost, in US dollars; empty if a price is not known
   * @param millis how long all attempts took
   * @param score from feedback, 0 to 1; empty without
   */
  public record Result(boolean answered, OptionalDouble usd, double millis, OptionalDouble score) {}
}
