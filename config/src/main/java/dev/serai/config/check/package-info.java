/**
 * Finds mistakes in settings that are valid one by one, such as unknown names. Mistakes in a single
 * value are found by {@code read} and by the records.
 */
@NullMarked
package dev.serai.config.check;

import org.jspecify.annotations.NullMarked;
