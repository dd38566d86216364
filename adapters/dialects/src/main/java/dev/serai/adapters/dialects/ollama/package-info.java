/**
 * Ollama's native chat API as a provider speaks it. {@link
 * dev.serai.adapters.dialects.ollama.OllamaDialect} is the way in.
 */
@NullMarked
package dev.serai.adapters.dialects.ollama;

import org.jspecify.annotations.NullMarked;
