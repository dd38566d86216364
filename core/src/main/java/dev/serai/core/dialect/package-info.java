/**
 * Ports to what providers speak: requests written for them and their replies read. Implementations
 * are in {@code adapters/dialects}, and {@code Dialects} of {@code gateway/wiring} lists them. What
 * clients speak is a surface.
 */
@NullMarked
package dev.serai.core.dialect;

import org.jspecify.annotations.NullMarked;
