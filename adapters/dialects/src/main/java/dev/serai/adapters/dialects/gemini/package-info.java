/**
 * Gemini's native API as a provider and as clients speak it. {@link
 * dev.serai.adapters.dialects.gemini.GeminiDialect} and {@link
 * dev.serai.adapters.dialects.gemini.GeminiSurface} are the ways in.
 */
@NullMarked
package dev.serai.adapters.dialects.gemini;

import org.jspecify.annotations.NullMarked;
