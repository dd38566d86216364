/**
 * Finds personal data and secrets in text, and replaces them by placeholders that can be reversed.
 * Pure: no I/O, no clock.
 */
@NullMarked
package dev.serai.core.privacy;

import org.jspecify.annotations.NullMarked;
