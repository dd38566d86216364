/** Embeddings, as all dialects read and write them. */
@NullMarked
package dev.serai.adapters.dialects.embedding;

import org.jspecify.annotations.NullMarked;
