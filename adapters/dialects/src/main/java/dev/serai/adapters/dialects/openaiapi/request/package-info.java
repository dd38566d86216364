/**
 * Writes the parts of requests that OpenAI's two APIs share: sampling, schemas of outputs, and the
 * choice of tools.
 */
@NullMarked
package dev.serai.adapters.dialects.openaiapi.request;

import org.jspecify.annotations.NullMarked;
