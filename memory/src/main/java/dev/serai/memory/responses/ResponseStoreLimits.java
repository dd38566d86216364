package dev.serai.memory.responses;

import java.time.Duration;

/**
 * How much is kept, and how long.
 *
 * @param retention how long a conversation is kept after its last answer
 * @param databaseBytes of requests and answers in the database; above that the oldest conversations
 *     go
 * @param memoryBytes of what is found without asking the database
 */
public record ResponseStoreLimits(Duration retention, long databaseBytes, long memoryBytes) {}
