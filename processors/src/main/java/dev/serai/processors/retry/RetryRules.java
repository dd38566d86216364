package dev.serai.processors.retry;

import java.time.Duration;

/**
 * How often and for how long a call is tried.
 *
 * @param maxAttempts attempts that reach a provider, per call
 * @param deadline from the start of the call; no wait for a retry may end after it
 * @param waits delays before the same candidate is tried again
 */
public record RetryRules(int maxAttempts, Duration deadline, RetryWaits waits) {}
