/**
 * Ollama's native API, for providers and for clients. {@link
 * dev.serai.adapters.dialects.ollama.OllamaDialect} and {@link
 * dev.serai.adapters.dialects.ollama.OllamaSurface} are the entry points.
 */
@NullMarked
package dev.serai.adapters.dialects.ollama;

import org.jspecify.annotations.NullMarked;
