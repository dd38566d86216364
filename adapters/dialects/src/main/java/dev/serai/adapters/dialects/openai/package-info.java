/**
 * OpenAI's chat completions, as a client speaks them and as providers speak them, with the flags
 * for those who depart from it. Source: the OpenAI API reference, "Chat Completions".
 */
@NullMarked
package dev.serai.adapters.dialects.openai;

import org.jspecify.annotations.NullMarked;
