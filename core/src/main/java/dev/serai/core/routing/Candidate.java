package dev.serai.core.routing;

/**
 * A model at a provider to which a call may be sent.
 *
 * @param provider the provider's name; its route is {@code direct:adapter-<provider>}
 * @param model the name the provider knows it by
 */
public record Candidate(String provider, String model) {}
