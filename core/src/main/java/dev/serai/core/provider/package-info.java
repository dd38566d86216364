/**
 * Configured providers, their keys and their health. The keys of callers are in {@code caller}; the
 * API that a provider speaks is its dialect.
 */
@NullMarked
package dev.serai.core.provider;

import org.jspecify.annotations.NullMarked;
