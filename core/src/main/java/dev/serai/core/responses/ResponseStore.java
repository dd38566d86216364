package dev.serai.core.responses;

/**
 * Answers that later requests may look at and go on from. What is kept belongs to the tenant that
 * asked for it: another finds nothing. Bounded: the oldest go first. Keeping never blocks, finding
 * may. Safe for use by many threads.
 */
public interface ResponseStore {
  /** What this tenant has. */
  StoredResponses forTenant(String tenant);
}
