/**
 * Stored prompts in requests: which one a request names, and its messages in the bytes of a
 * request.
 */
@NullMarked
package dev.serai.adapters.dialects.request.prompt;

import org.jspecify.annotations.NullMarked;
