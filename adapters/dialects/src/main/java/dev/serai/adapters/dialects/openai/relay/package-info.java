/**
 * What OpenAI's clients ask for beside text: images, sound, moderations, ranks, files, batches. It
 * is handed on as it is; only the model's name is looked for, in JSON or in a form.
 */
@NullMarked
package dev.serai.adapters.dialects.openai.relay;

import org.jspecify.annotations.NullMarked;
