package dev.serai.core.provider;

import java.time.Duration;
import java.util.Optional;

/**
 * How a key stands, for an operator.
 *
 * @param id its position and the start of its SHA-256
 * @param remaining until its rest is over, or until it is tried again
 */
public record KeyStatus(String id, KeyHealth.State state, Optional<Duration> remaining) {}
