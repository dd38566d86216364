package dev.serai.core.keys;

import java.util.Optional;

/**
 * Which keys to list, the newest first.
 *
 * @param tenant only its keys; empty for all
 * @param after the id of the key that the page before ended with
 */
public record KeyQuery(Optional<String> tenant, Optional<String> after, int limit) {}
