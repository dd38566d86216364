package dev.serai.processors.attempt;

import java.time.Duration;

/**
 * How often and how long a call is tried.
 *
 * @param maxAttempts that reach a provider, in all
 * @param deadline from the start of the call, after which no wait for a retry may end
 * @param waits before the same candidate is asked again
 */
public record RetryRules(int maxAttempts, Duration deadline, RetryWaits waits) {}
