/** Steps of {@code routes/memory.camel.yaml}: memory objects of the caller's tenant. */
@NullMarked
package dev.serai.processors.memory;

import org.jspecify.annotations.NullMarked;
