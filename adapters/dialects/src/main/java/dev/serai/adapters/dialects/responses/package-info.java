/** OpenAI's Responses, as clients speak it and as providers do. */
@NullMarked
package dev.serai.adapters.dialects.responses;

import org.jspecify.annotations.NullMarked;
