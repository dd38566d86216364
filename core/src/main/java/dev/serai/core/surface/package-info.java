/**
 * Ports to what clients speak: their requests read and replies written for them. Implementations
 * are in {@code adapters/dialects}, next to the dialect of the same API, and {@code
 * SurfacesFeature} of {@code gateway/wiring} lists them.
 */
@NullMarked
package dev.serai.core.surface;

import org.jspecify.annotations.NullMarked;
