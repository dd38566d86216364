/**
 * The API keys of callers that are stored in the database. What a key may do is in {@link
 * dev.serai.core.caller}.
 */
@NullMarked
package dev.serai.memory.keys;

import org.jspecify.annotations.NullMarked;
