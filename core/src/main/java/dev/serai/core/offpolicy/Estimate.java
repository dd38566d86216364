package dev.serai.core.offpolicy;

/**
 * What a policy would have reached per call.
 *
 * @param value the estimate
 * @param low the lower end of its confidence interval
 * @param high the upper end
 * @param calls how many logged choices there were
 * @param effectiveCalls how many would say as much if they were the policy's own (Kish): if it is
 *     small, the past choices say little of this policy, and the interval cannot be trusted
 */
public record Estimate(double value, double low, double high, int calls, double effectiveCalls) {}
