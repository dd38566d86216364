/** What Anthropic's models take, wherever they are served: at Anthropic itself and on Bedrock. */
@NullMarked
package dev.serai.adapters.dialects.claude;

import org.jspecify.annotations.NullMarked;
