/**
 * Anthropic's messages API (version 2023-06-01): as a provider speaks it, {@link
 * dev.serai.adapters.anthropic.Anthropic}, and as clients do, {@link
 * dev.serai.adapters.anthropic.AnthropicSurface}.
 */
@NullMarked
package dev.serai.adapters.anthropic;

import org.jspecify.annotations.NullMarked;
