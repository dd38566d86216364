/**
 * Reads and writes the parts of requests that OpenAI's two APIs share: sampling, formats of
 * responses, tools and their choice, identifiers.
 */
@NullMarked
package dev.serai.adapters.dialects.openaiapi.request;

import org.jspecify.annotations.NullMarked;
