/**
 * The steps that count the tokens of a request, for Anthropic's and Gemini's clients. The estimates
 * are made in {@code memory}.
 */
@NullMarked
package dev.serai.processors.tokens;

import org.jspecify.annotations.NullMarked;
