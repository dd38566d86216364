/**
 * Gemini's native API, for providers and for clients. {@link
 * dev.serai.adapters.dialects.gemini.GeminiDialect} and {@link
 * dev.serai.adapters.dialects.gemini.GeminiSurface} are the entry points.
 */
@NullMarked
package dev.serai.adapters.dialects.gemini;

import org.jspecify.annotations.NullMarked;
