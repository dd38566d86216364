/**
 * What Anthropic's models accept, wherever they are served. A shared room of two dialects,
 * Anthropic and Bedrock: it writes the parts of a request whose rules depend on the Claude model.
 */
@NullMarked
package dev.serai.adapters.dialects.claude;

import org.jspecify.annotations.NullMarked;
