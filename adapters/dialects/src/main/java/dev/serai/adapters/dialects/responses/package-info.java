/** The dialect and the surface of OpenAI's Responses API. */
@NullMarked
package dev.serai.adapters.dialects.responses;

import org.jspecify.annotations.NullMarked;
