/**
 * What OpenAI's two APIs, chat completions and Responses, have in common: header fields, error
 * bodies, usage objects, what the models accept, and the quirks of their providers. What their
 * requests share is in {@code request}.
 */
@NullMarked
package dev.serai.adapters.dialects.openaiapi;

import org.jspecify.annotations.NullMarked;
