/** What all dialects share when they translate: dropped fields, opaque state, URLs, model lists. */
@NullMarked
package dev.serai.adapters.dialects.translation;

import org.jspecify.annotations.NullMarked;
