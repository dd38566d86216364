package dev.serai.core.fair.rules;

import java.time.Duration;

/**
 * Bounds of the queue.
 *
 * @param maxWaiting the most attempts that wait, at all providers together
 * @param maxWaitingPerTenant the most of one tenant that wait for one model
 * @param highWater from how many waiting attempts on the queue is congested: bronze is refused, and
 *     the others are marked
 * @param boostAfter a tenant or a session that got nothing for that long goes first; zero for never
 */
public record QueueRules(
    int maxWaiting, int maxWaitingPerTenant, int highWater, Duration boostAfter) {}
