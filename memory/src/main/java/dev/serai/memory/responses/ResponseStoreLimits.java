package dev.serai.memory.responses;

import java.time.Duration;

/**
 * The limits of the stored responses.
 *
 * @param retention how long a conversation is stored after its last response
 * @param databaseBytes the maximum size of requests and responses in the database; above it the
 *     oldest conversations are removed
 * @param memoryBytes the maximum size of the responses that are also in memory
 */
public record ResponseStoreLimits(Duration retention, long databaseBytes, long memoryBytes) {}
