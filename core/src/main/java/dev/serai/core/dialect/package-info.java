/**
 * Ports to what providers speak: requests written for them and their replies read. Implementations
 * are in {@code adapters/dialects}. What clients speak is a surface.
 */
@NullMarked
package dev.serai.core.dialect;

import org.jspecify.annotations.NullMarked;
