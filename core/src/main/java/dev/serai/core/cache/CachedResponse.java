package dev.serai.core.cache;

import dev.serai.core.chat.ChatResponse;
import java.util.OptionalLong;

/**
 * A response that may be sent again. Immutable.
 *
 * @param nanoUsd what it has cost, in nano US dollars (1e-9 USD); empty if that is unknown
 * @param bytes how many it takes, roughly
 */
public record CachedResponse(ChatResponse response, OptionalLong nanoUsd, long bytes) {}
