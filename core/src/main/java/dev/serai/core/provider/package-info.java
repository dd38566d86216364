/**
 * Configured providers and their state. Their keys are in {@code key}, those that are stored
 * encrypted in {@code credential}, and those of callers in {@code core/keys}; the API that a
 * provider speaks is its dialect.
 */
@NullMarked
package dev.serai.core.provider;

import org.jspecify.annotations.NullMarked;
