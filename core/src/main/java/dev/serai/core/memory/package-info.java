/**
 * Memory objects: JSON values that callers store by namespace and key, for their tenant. The stores
 * in the database and in the heap are in the module {@code memory}, those on other servers are
 * modules of {@code adapters}; {@code MemoryBackend} of the gateway chooses one. The routes are in
 * {@code routes/memory.camel.yaml}.
 */
@NullMarked
package dev.serai.core.memory;

import org.jspecify.annotations.NullMarked;
