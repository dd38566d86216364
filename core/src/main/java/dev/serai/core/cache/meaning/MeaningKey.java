package dev.serai.core.cache.meaning;

import dev.serai.core.cache.ResponseKey;

/**
 * A question of a call, to be compared with others by its meaning. Immutable.
 *
 * @param scope what both calls must have in common: the key of the response, whose request is
 *     without the question
 * @param words of the question
 * @param embedding of the question, of length 1; must not be changed
 */
public record MeaningKey(ResponseKey scope, PromptSignature words, float[] embedding) {}
