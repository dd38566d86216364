/**
 * OpenAI's APIs other than text: images, audio, moderations, rerank, files, batches. Requests are
 * forwarded unchanged; only the model's name is located, in JSON or in a multipart form.
 */
@NullMarked
package dev.serai.adapters.dialects.openai.relay;

import org.jspecify.annotations.NullMarked;
