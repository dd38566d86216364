/**
 * Gemini's native API as a provider and as clients speak it. {@link
 * dev.serai.adapters.gemini.Gemini} and {@link dev.serai.adapters.gemini.GeminiSurface} are the
 * ways in.
 */
@NullMarked
package dev.serai.adapters.gemini;

import org.jspecify.annotations.NullMarked;
