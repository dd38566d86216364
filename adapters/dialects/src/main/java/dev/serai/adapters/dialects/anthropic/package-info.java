/**
 * Anthropic's Messages API (version 2023-06-01) on both sides: to a provider, {@link
 * dev.serai.adapters.dialects.anthropic.AnthropicDialect}, and to a client, {@link
 * dev.serai.adapters.dialects.anthropic.AnthropicSurface}.
 */
@NullMarked
package dev.serai.adapters.dialects.anthropic;

import org.jspecify.annotations.NullMarked;
