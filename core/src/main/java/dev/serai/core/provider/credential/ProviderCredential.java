package dev.serai.core.provider.credential;

import java.time.Instant;

/**
 * A stored key of a provider, without the key itself. Immutable.
 *
 * @param id names it for its whole life
 * @param provider whose key it is
 * @param hint the last four characters of a long key, which show which one it is
 * @param masterKey the ID of the master key that it is encrypted with
 * @param usable whether this gateway has that master key
 * @param created when it was stored
 */
public record ProviderCredential(
    String id, String provider, String hint, String masterKey, boolean usable, Instant created) {}
