package dev.serai.core.responses;

/**
 * Stores responses that later requests may read and continue. A response belongs to the tenant that
 * requested it; other tenants cannot find it. Bounded: the oldest are removed first. Storing never
 * blocks, finding may. Safe for use by many threads.
 */
public interface ResponseStore {
  StoredResponses forTenant(String tenant);
}
