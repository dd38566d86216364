package dev.serai.core.memory;

/**
 * Stores memory objects. An object belongs to a tenant; other tenants cannot find, list or count
 * it. Thread-safe.
 */
public interface MemoryStore {
  TenantMemory forTenant(String tenant);
}
