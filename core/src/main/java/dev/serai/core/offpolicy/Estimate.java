package dev.serai.core.offpolicy;

/**
 * What a policy would have reached per call.
 *
 * @param value the estimate
 * @param low the lower end of its confidence interval
 * @param high the upper end
 * @param calls how many logged choices there were
 * @param effectiveCalls the effective sample size (Kish): how many choices of the policy itself
 *     would give the same precision. If it is small, the interval cannot be trusted
 */
public record Estimate(double value, double low, double high, int calls, double effectiveCalls) {}
