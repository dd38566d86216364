/**
 * Which prompts ask for the same in other words, so that the response to one may serve the other.
 */
@NullMarked
package dev.serai.core.cache.meaning;

import org.jspecify.annotations.NullMarked;
