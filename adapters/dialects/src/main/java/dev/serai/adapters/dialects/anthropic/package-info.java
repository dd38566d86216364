/**
 * Anthropic's messages API (version 2023-06-01): as a provider speaks it, {@link
 * dev.serai.adapters.dialects.anthropic.AnthropicDialect}, and as clients do, {@link
 * dev.serai.adapters.dialects.anthropic.AnthropicSurface}.
 */
@NullMarked
package dev.serai.adapters.dialects.anthropic;

import org.jspecify.annotations.NullMarked;
