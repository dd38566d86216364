/** Writes JSON. JSON is read where its meaning is known, mostly in {@code adapters/dialects}. */
@NullMarked
package dev.serai.core.json;

import org.jspecify.annotations.NullMarked;
