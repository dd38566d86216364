/**
 * What Anthropic's models accept, wherever they are served. Shared by the dialects Anthropic and
 * Bedrock: writes the parts of a request whose rules depend on the Claude model.
 */
@NullMarked
package dev.serai.adapters.dialects.claude;

import org.jspecify.annotations.NullMarked;
