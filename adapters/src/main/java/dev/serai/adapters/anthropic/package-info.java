/**
 * Anthropic's messages API as a provider speaks it (version 2023-06-01). {@link
 * dev.serai.adapters.anthropic.Anthropic} is the way in.
 */
@NullMarked
package dev.serai.adapters.anthropic;

import org.jspecify.annotations.NullMarked;
