package dev.serai.processors.retry;

import java.time.Duration;

/**
 * For how long a call is tried.
 *
 * @param deadline from the start of the call; no wait for a retry may end after it
 * @param waits delays before the same candidate is tried again
 */
public record RetryRules(Duration deadline, RetryWaits waits) {}
