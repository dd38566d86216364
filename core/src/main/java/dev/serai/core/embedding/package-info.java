/**
 * Embeddings of text: lists of numbers that are near each other when texts mean the same. A module
 * that is found as a service computes them; {@link dev.serai.core.embedding.EmbeddingPool} does so
 * off the event loops.
 */
@NullMarked
package dev.serai.core.embedding;

import org.jspecify.annotations.NullMarked;
