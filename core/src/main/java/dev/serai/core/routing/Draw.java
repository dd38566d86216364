package dev.serai.core.routing;

import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * How a bandit has chosen the first candidate of a plan. Immutable.
 *
 * @param algorithm of the bandit
 * @param cluster the kind of work of the request
 * @param features of the request that it was drawn by; empty if they could not be read
 * @param explores whether another candidate is the best as far as is known
 * @param chance computes the propensity, in some microseconds
 */
public record Draw(
    String algorithm,
    String cluster,
    Optional<PolicyFeatures> features,
    boolean explores,
    DoubleSupplier chance) {
  /** The probability with which this candidate was to be chosen, given what was known. */
  public double propensity() {
    return chance.getAsDouble();
  }
}
