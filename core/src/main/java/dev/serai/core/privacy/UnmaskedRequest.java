package dev.serai.core.privacy;

import dev.serai.core.http.ProviderRequest;

/**
 * A provider request that must pass {@code mask-request} before it is sent. It has a type of its
 * own, so that a route without that step cannot send it.
 */
public record UnmaskedRequest(ProviderRequest request) {}
