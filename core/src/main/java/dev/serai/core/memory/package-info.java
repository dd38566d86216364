/**
 * Memory objects: JSON values that callers store by namespace and key, for their tenant. The stores
 * are in the module {@code memory}, the routes in {@code routes/memory.camel.yaml}.
 */
@NullMarked
package dev.serai.core.memory;

import org.jspecify.annotations.NullMarked;
