/**
 * The dialect and the surface of OpenAI's chat completions, of its older completions, and of its
 * embeddings. Source: the OpenAI API reference, "Chat Completions".
 */
@NullMarked
package dev.serai.adapters.dialects.openai;

import org.jspecify.annotations.NullMarked;
