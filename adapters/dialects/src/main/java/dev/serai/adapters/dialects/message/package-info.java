/**
 * The surface {@code POST /api/v1/messages}: one message of a stored session, answered by the
 * default model. No provider speaks it. {@link dev.serai.adapters.dialects.message.MessageSurface}
 * is the entry point.
 */
@NullMarked
package dev.serai.adapters.dialects.message;

import org.jspecify.annotations.NullMarked;
