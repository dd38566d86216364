package dev.serai.core.rate;

import java.time.Duration;

/**
 * What is left of a window. Immutable.
 *
 * @param remaining whole units that could be taken now
 * @param full time until the window is full again
 * @param next time until a unit can be taken; zero if one can be taken now
 */
public record RateReading(RateRule rule, long remaining, Duration full, Duration next) {}
