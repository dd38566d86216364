/** What all dialects share: dropped fields, opaque state, URLs, model lists, token counts. */
@NullMarked
package dev.serai.adapters.dialects.translation;

import org.jspecify.annotations.NullMarked;
