package dev.serai.core.provider.key;

import java.time.Duration;
import java.util.Optional;

/**
 * The state of one provider key, as an operator sees it.
 *
 * @param id the position of the key and the first characters of its SHA-256
 * @param state the health of the key
 * @param remaining time until the cooldown ends or a disabled key is tried again; empty if it is
 *     healthy
 */
public record KeyStatus(String id, KeyHealth.State state, Optional<Duration> remaining) {}
