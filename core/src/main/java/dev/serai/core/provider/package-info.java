/**
 * Configured providers and their state. Their keys are in {@code key}, those of callers in {@code
 * keys}; the API that a provider speaks is its dialect.
 */
@NullMarked
package dev.serai.core.provider;

import org.jspecify.annotations.NullMarked;
